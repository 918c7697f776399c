import { jStat } from 'jstat';
import { bestRho, bestRhoOneSided, LogMixture } from './mixture';

/**
 * Beta-binomial mixture for increments between −g and h (Howard et al. 2021,
 * propositions 7 and 8).
 */
export function betaBinomialMixture(
  vOpt: number,
  alphaOpt: number,
  g: number,
  h: number,
  oneSided: boolean,
): LogMixture {
  const rho = (oneSided ? bestRhoOneSided : bestRho)(vOpt, alphaOpt);
  const r = Math.max(rho - g * h, 1e-3 * g * h);
  const upTo = oneSided ? h / (g + h) : 1;
  const normalizer = logBeta(r / (g * (g + h)), r / (h * (g + h)), upTo);
  return (s, v) =>
    (v / (g * h)) * Math.log(g + h) -
    ((v + h * s) / (h * (g + h))) * Math.log(g) -
    ((v - g * s) / (g * (g + h))) * Math.log(h) +
    logBeta(
      (r + v - g * s) / (g * (g + h)),
      (r + v + h * s) / (h * (g + h)),
      upTo,
    ) -
    normalizer;
}

/** The logarithm of the incomplete beta function, complete when `upTo` is 1. */
function logBeta(a: number, b: number, upTo: number): number {
  const complete = jStat.gammaln(a) + jStat.gammaln(b) - jStat.gammaln(a + b);
  return upTo === 1 ? complete : complete + Math.log(jStat.ibeta(upTo, a, b));
}
