import { jStat } from 'jstat';
import { bestRhoOneSided, LogMixture } from './mixture';

/** Gamma-exponential mixture of scale c (Howard et al. 2021, proposition 9). */
export function gammaExponentialMixture(
  vOpt: number,
  alphaOpt: number,
  c: number,
): LogMixture {
  const rho = bestRhoOneSided(vOpt, alphaOpt) / c ** 2;
  const constant = leading(rho, jStat.lowRegGamma(rho, rho));
  return (s, v) => {
    const shape = v / c ** 2 + rho;
    const sum = s / c + v / c ** 2;
    return (
      constant +
      jStat.gammaln(shape) +
      Math.log(jStat.lowRegGamma(shape, sum + rho)) -
      shape * Math.log(sum + rho) +
      sum
    );
  };
}

/** Gamma-Poisson mixture of scale c (Howard et al. 2021, proposition 10). */
export function gammaPoissonMixture(
  vOpt: number,
  alphaOpt: number,
  c: number,
): LogMixture {
  const rho = bestRhoOneSided(vOpt, alphaOpt) / c ** 2;
  const constant = leading(rho, 1 - jStat.lowRegGamma(rho, rho));
  return (s, v) => {
    const rate = v / c ** 2 + rho;
    const shape = s / c + rate;
    return (
      constant +
      jStat.gammaln(shape) +
      Math.log(1 - jStat.lowRegGamma(shape, rate)) -
      shape * Math.log(rate) +
      v / c ** 2
    );
  };
}

function leading(rho: number, probability: number): number {
  return rho * Math.log(rho) - jStat.gammaln(rho) - Math.log(probability);
}
