import { logEValue, Scores } from './countEProcess';
import { logSumExp } from './logSumExp';

/** How strong the evidence against the canary is, and which bound says so. */
export interface LatencyEvidence {
  readonly logE: number;
  /** Index of the bound beyond which the evidence is strongest. */
  readonly loudest: number;
}

/**
 * Latency as many rates: for every bound of the histogram, requests slower than
 * it are events, and the e-values of all bounds are averaged. An average of
 * e-processes is one whatever their dependence, so that bodies and tails are
 * watched together without a correction, without estimating a quantile and
 * without interpolating in a bucket.
 */
export function latencyEvidence(
  scores: readonly Scores[],
  dispersion: number,
  /** One for each bound, of sum 1, fixed before the first window. */
  weights: readonly number[],
): LatencyEvidence {
  const logs = scores.map(one => logEValue(one, dispersion));
  const weighted = logs.map((log, index) => log + Math.log(weights[index]));
  return {
    logE: logSumExp(weighted),
    loudest: weighted.indexOf(Math.max(...weighted)),
  };
}

/**
 * Equal weights; where an objective is given, half of the weight lies on it,
 * because that is where people look first.
 */
export function boundWeights(
  bounds: number,
  objective: number | undefined,
): readonly number[] {
  return Array.from({ length: bounds }, (_, index) => {
    if (objective === undefined || bounds === 1) return 1 / bounds;
    return index === objective ? 1 / 2 : 1 / 2 / (bounds - 1);
  });
}
