import { MetricBuckets } from 'backstage-plugin-canary-node';
import { z } from 'zod';

/** Which ends of its interval a bucket includes. */
const LEFT_OPEN = 0;
const BOTH_CLOSED = 3;

/**
 * A native histogram as Prometheus' HTTP API spells it: numbers as text,
 * buckets ascending and without the empty ones, each with its rule: 0 open to
 * the left, 1 open to the right, 2 open and 3 closed to both sides.
 *
 * @see "HTTP API", "Native histograms" of the Prometheus documentation
 */
export const nativeHistogram = z.object({
  count: z.string(),
  buckets: z
    .array(
      z.tuple([
        z.int().min(LEFT_OPEN).max(BOTH_CLOSED),
        z.string(),
        z.string(),
        z.string(),
      ]),
    )
    .optional(),
});

interface Bucket {
  readonly rule: number;
  readonly left: number;
  readonly right: number;
  readonly count: number;
}

/** Counts are sums of floats, scaled by the extrapolation of `increase()`. */
const ROUNDING = 1e-6;

/** Boundaries of the finest schema, 8, are this many to a factor of two. */
const FINEST_GRID = 256;

/**
 * The native histogram as counts up to both bounds of each of its buckets, and
 * `Infinity`; or what is wrong with it, for a sentence that begins with the
 * source. Counts are exact at every bound above zero, where all buckets include
 * their right end.
 *
 * @see "Native Histograms" among the specifications of Prometheus
 */
export function nativeBuckets(
  { count, buckets = [] }: z.infer<typeof nativeHistogram>,
  numberOf: (text: string) => number,
): Required<Pick<MetricBuckets, 'buckets' | 'sparse'>> | { problem: string } {
  const parsed = buckets.map(([rule, ...texts]) => {
    const [left, right, inside] = texts.map(numberOf);
    return { rule, left, right, count: inside };
  });
  const all = numberOf(count);
  const problem = problemOf(parsed, all);
  if (problem !== undefined) return { problem };

  const counts = new Map<number, number>();
  let sum = 0;
  for (const bucket of parsed) {
    counts.set(bucket.left, sum);
    sum += bucket.count;
    counts.set(bucket.right, sum);
  }
  counts.delete(-Infinity);
  // The sum, not the count: what is beyond the last bound is none, not 1e-12.
  counts.set(Infinity, sum);
  return {
    buckets: [...counts].map(([bound, upTo]) => ({ bound, count: upTo })),
    sparse: isExponential(parsed) ? 'exponential' : 'custom',
  };
}

function problemOf(buckets: readonly Bucket[], all: number) {
  const counts = [all, ...buckets.map(({ count }) => count)];
  if (!counts.every(count => Number.isFinite(count) && count >= 0)) {
    return 'has a count that is negative or not a finite number';
  }
  let end = -Infinity;
  for (const { rule, left, right } of buckets) {
    const isPoint = rule === BOTH_CLOSED && left === right;
    if (!(left >= end && (right > left || isPoint))) {
      return 'has buckets that overlap or do not ascend';
    }
    if (left > 0 && rule !== LEFT_OPEN) {
      return 'has a bucket above 0 that is not open to the left only';
    }
    end = right;
  }
  const sum = buckets.reduce((total, { count }) => total + count, 0);
  if (Math.abs(sum - all) > ROUNDING * all) {
    // Observations that are not a number are in no bucket: how slow were they?
    return `counts ${all} requests and has ${sum} of them in its buckets`;
  }
  return undefined;
}

/**
 * The answer does not tell the schema. Bounds of the standard ones are powers
 * of two with a fraction in the exponent, to which nobody's own bounds keep.
 */
function isExponential(buckets: readonly Bucket[]): boolean {
  const zero = buckets.find(({ rule }) => rule === BOTH_CLOSED);
  return buckets
    .filter(({ rule }) => rule === LEFT_OPEN)
    .every(({ left, right }) =>
      right === Infinity
        ? left === Number.MAX_VALUE
        : [left, right].every(one => one === zero?.right || isOnGrid(one)),
    );
}

function isOnGrid(bound: number): boolean {
  const steps = FINEST_GRID * Math.log2(bound);
  return Math.abs(steps - Math.round(steps)) < ROUNDING;
}
