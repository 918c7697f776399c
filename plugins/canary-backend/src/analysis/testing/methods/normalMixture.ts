import { jStat } from 'jstat';
import { bestRho, bestRhoOneSided, LogMixture } from './mixture';

/** Normal mixtures (Robbins; Howard et al. 2021, propositions 5 and 6). */
export function normalMixture(
  vOpt: number,
  alphaOpt: number,
  oneSided: boolean,
): LogMixture {
  const rho = (oneSided ? bestRhoOneSided : bestRho)(vOpt, alphaOpt);
  return (s, v) => {
    const square = (s * s) / (2 * (v + rho));
    return oneSided
      ? Math.log((4 * rho) / (v + rho)) / 2 +
          square +
          Math.log(jStat.normal.cdf(s / Math.sqrt(v + rho), 0, 1))
      : Math.log(rho / (v + rho)) / 2 + square;
  };
}
