import { hundredthsOf, shareOf } from '../../../rollout/percent';
import { MAX_WEIGHT } from './backends';

/** Weights of one rule: those of its own backends, and the canary's beside each stable one. */
export interface SplitWeights {
  readonly own: readonly number[];
  /** 0 beside a backend that is not the stable. */
  readonly canary: readonly number[];
}

/** Into how many parts a weight is split, for none, one and two decimals. */
const FRACTIONS = [100, 1_000, 10_000];

/**
 * Splits the stable's weight, keeping every proportion between backends.
 *
 * Weights are integers up to 1,000,000, and a percent has two decimals, so all
 * backends of the rule are multiplied by the smallest number that makes the
 * shares whole: hundredths for whole percents (a single backend of weight 1
 * becomes 95 and 5, which people can read), more for decimals. Where
 * that passes the limit the largest multiple below it serves, provided that the
 * share still reads back. Undefined when it does not.
 */
export function splitWeights(
  weights: readonly number[],
  isStable: readonly boolean[],
  percent: number,
): SplitWeights | undefined {
  const parts = hundredthsOf(percent);
  if (parts === 0) return { own: weights, canary: weights.map(() => 0) };
  const stable = weights.filter((_, i) => isStable[i]);
  const whole = FRACTIONS.find(n => (parts * n) % 10_000 === 0) ?? 10_000;
  const exact = whole / stable.reduce(greatestCommonDivisor, whole);
  const highest = Math.max(...weights, 1);
  const factor = Math.min(exact, Math.floor(MAX_WEIGHT / highest));
  if (factor < 1) return undefined;

  const canary = weights.map((weight, i) =>
    isStable[i] ? Math.round((weight * factor * parts) / 10_000) : 0,
  );
  const own = weights.map((weight, i) => weight * factor - canary[i]);
  const total = sum(stable) * factor;
  return total === 0 || shareOf(sum(canary), total) === parts / 100
    ? { own, canary }
    : undefined;
}

/** Whether two lists of weights send the same share to each. */
export function isProportional(
  a: readonly number[],
  b: readonly number[],
): boolean {
  const [sumA, sumB] = [sum(a), sum(b)];
  return (
    a.length === b.length &&
    sumA > 0 === sumB > 0 &&
    a.every((weight, i) => weight * sumB === b[i] * sumA)
  );
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function sum(weights: readonly number[]): number {
  return weights.reduce((a, b) => a + b, 0);
}
