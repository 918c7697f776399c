/**
 * Powers of two in seconds, from 8 us to 16 s: octaves where people wait for
 * answers, wider steps beyond.
 */
const EXPONENTS = [-17, -14, -12, ...octaves(-10, 2), 4];

const SECONDS: Readonly<Record<string, number>> = { s: 1, ms: 1e-3, us: 1e-6 };

/**
 * Bounds at which exponential histograms are compared, in the metric's unit.
 *
 * One of 2^k is a bound of every such histogram of schema 0 and finer, so that
 * the counts there are exact. The same bounds for both arms at every look,
 * wherever the data are: the judge opens its evidence with the bounds of the
 * first window, and one that came and went with the data would lose a part of
 * it. They are few because every bound has its share of the evidence, and most
 * of a finer grid would never have anything to tell.
 *
 * A histogram in milliseconds or microseconds has its bounds at powers of two
 * of those: there the ladder is the nearest such one, 1024 ms instead of 1 s.
 */
export function latencyLadder(metric: {
  readonly unit: string;
  readonly boundScale: number;
}): readonly number[] {
  const { unit, boundScale } = metric;
  const secondsOfBound = (SECONDS[unit] ?? SECONDS.ms) * boundScale;
  const shift = Math.round(-Math.log2(secondsOfBound));
  return EXPONENTS.map(exponent => scaled(2 ** (exponent + shift), boundScale));
}

/** Bounds are written in decimals: 0.07 s are 70 ms, not 70.00000000000001. */
export function scaled(bound: number, scale: number): number {
  return Number((bound * scale).toPrecision(12));
}

function octaves(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
