import { rank } from './ranks';

/** Which number says how large a difference is. */
export type EffectSizeMeasure = 'meanRatio' | 'cles';

/** The size of the difference by `measure`; NaN where it cannot be told. */
export function effectSize(
  measure: EffectSizeMeasure,
  canary: readonly number[],
  stable: readonly number[],
): number {
  return measure === 'cles' ? cles(canary, stable) : meanRatio(canary, stable);
}

/** The canary's mean over the stable's; NaN when either is 0. */
export function meanRatio(
  canary: readonly number[],
  stable: readonly number[],
): number {
  const [above, below] = [mean(canary), mean(stable)];
  return above === 0 || below === 0 ? NaN : above / below;
}

/**
 * The common language effect size: how probable it is that a value of the
 * canary exceeds one of the stable, ties counting half; `U / mn`.
 */
export function cles(
  canary: readonly number[],
  stable: readonly number[],
): number {
  const [m, n] = [canary.length, stable.length];
  const { ranks } = rank([...canary, ...stable]);
  const canaryRanks = ranks.slice(0, m).reduce((sum, one) => sum + one, 0);
  return (2 * canaryRanks - m * (m + 1)) / (2 * m * n);
}

/** The arithmetic mean; 0 of nothing, as Kayenta has it. */
export function mean(values: readonly number[]): number {
  if (values.length === 0) return 0;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
