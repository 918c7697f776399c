import { normalQuantile } from '../statistics';
import { brentRoot } from './brentRoot';
import { rank } from './ranks';

/** How far the canary's values lie above the stable's, in their unit. */
export interface LocationShift {
  readonly lower: number;
  readonly upper: number;
  /** The Hodges-Lehmann estimate. */
  readonly estimate: number;
}

/**
 * Kayenta's Mann-Whitney test: the shift between two samples with its
 * confidence interval, as R's `wilcox.test(exact = FALSE, correct = TRUE,
 * conf.int = TRUE)` finds it. `confidence` is 0.98 for 98 %.
 *
 * @throws Error when all observations are tied, or too far apart for a number
 */
export function mannWhitney(
  canary: readonly number[],
  stable: readonly number[],
  confidence: number,
): LocationShift {
  const [canaryLeast, canaryMost] = rangeOf(canary);
  const [stableLeast, stableMost] = rangeOf(stable);
  const least = canaryLeast - stableMost;
  const most = canaryMost - stableLeast;
  if (!Number.isFinite(most - least)) {
    throw new Error('the values are too far apart to be subtracted');
  }
  const z = normalQuantile((1 - confidence) / 2);

  const root = (quantile: number, clamped: boolean) => {
    const f = (shift: number) =>
      wilcoxonDifference(canary, stable, shift, quantile);
    const low = { x: least, y: f(least) };
    const high = { x: most, y: f(most) };
    if (clamped && low.y <= 0) return least;
    if (clamped && high.y >= 0) return most;
    return brentRoot(f, low, high);
  };
  return {
    lower: root(-z, true),
    upper: root(z, true),
    estimate: root(0, false),
  };
}

/**
 * The standardised rank statistic of `canary − shift` against `stable`, less
 * `quantile`; with continuity correction and tie correction.
 *
 * @throws Error when all observations are tied
 */
export function wilcoxonDifference(
  canary: readonly number[],
  stable: readonly number[],
  shift: number,
  quantile: number,
): number {
  const [m, n] = [canary.length, stable.length];
  const { ranks, ties } = rank([
    ...canary.map(value => value - shift),
    ...stable,
  ]);
  const canaryRanks = ranks.slice(0, m).reduce((sum, one) => sum + one, 0);
  const d = canaryRanks - (m * (m + 1)) / 2 - (m * n) / 2;
  const tied = ties.reduce((sum, t) => sum + t ** 3 - t, 0);
  const sigma = Math.sqrt(
    ((m * n) / 12) * (m + n + 1 - tied / ((m + n) * (m + n - 1))),
  );
  if (!(sigma > 0)) {
    throw new Error(
      'the shift cannot be estimated when all observations are the same',
    );
  }
  return (d - Math.sign(d) * 0.5) / sigma - quantile;
}

function rangeOf(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity],
  );
}
