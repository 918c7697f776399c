import { mean } from '../../kayenta/effectSizes';

/** Kayenta's classifier by means alone. */
export function meanInequality(
  canary: readonly number[],
  stable: readonly number[],
): 'Pass' | 'High' | 'Low' | 'Nodata' {
  if (canary.length === 0 || stable.length === 0) return 'Nodata';
  const difference = mean(canary) - mean(stable);
  if (difference === 0) return 'Pass';
  return difference > 0 ? 'High' : 'Low';
}

/** Which values lie more than `factor` standard deviations from the mean. */
export function kSigmaOutliers(
  values: readonly number[],
  factor: number,
): readonly boolean[] {
  const limit = factor * standardDeviation(values);
  return values.map(value => Math.abs(value - mean(values)) > limit);
}

/** Cohen's d, by the pooled standard deviation. */
export function cohenD(
  canary: readonly number[],
  stable: readonly number[],
): number {
  const [m, n] = [canary.length, stable.length];
  const pooled = Math.sqrt(
    ((m - 1) * standardDeviation(canary) ** 2 +
      (n - 1) * standardDeviation(stable) ** 2) /
      (m + n - 2),
  );
  return Math.abs(mean(canary) - mean(stable)) / pooled;
}

/** Kayenta's summary of a series; all zero without one. */
export function summary(values: readonly number[]) {
  if (values.length === 0) return { min: 0, max: 0, mean: 0, std: 0, count: 0 };
  return {
    min: Math.min(...values),
    max: Math.max(...values),
    mean: mean(values),
    std: standardDeviation(values),
    count: values.length,
  };
}

/** The windows of a whole analysis, in minutes relative to its start. */
export function judgementWindows(options: {
  readonly interval: number;
  readonly judgements: readonly number[];
  readonly beginAfter: number;
  readonly lookback: number;
  readonly start: number | null;
}): readonly (readonly [number, number])[] {
  const { interval, judgements, beginAfter, lookback, start } = options;
  const begin = start ?? beginAfter;
  return judgements.map(judgement => {
    const end = begin + judgement * interval;
    return [lookback > 0 ? end - lookback : begin, end];
  });
}

function standardDeviation(values: readonly number[]): number {
  const center = mean(values);
  const squares = values.reduce((sum, one) => sum + (one - center) ** 2, 0);
  return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
}
