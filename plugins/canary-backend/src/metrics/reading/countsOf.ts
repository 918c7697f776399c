import { ArmCounts, WindowCounts } from 'backstage-plugin-canary-common';
import { MetricBuckets } from 'backstage-plugin-canary-node';
import { comparedBounds, countUpTo } from './comparedBounds';
import { scaled } from './latencyLadder';

/** Requests of one arm by how long they took: ascending bounds, in the metric's unit. */
export interface Histogram {
  readonly requests: number;
  readonly buckets: MetricBuckets['buckets'];
  /** Of a native histogram, which leaves empty buckets out. */
  readonly sparse?: MetricBuckets['sparse'];
}

/** The histogram of the answered buckets, or why they are none. */
export function histogramOf(
  { buckets, sparse }: Pick<MetricBuckets, 'buckets' | 'sparse'>,
  boundScale: number,
): Histogram | { readonly problem: string } | undefined {
  if (buckets.length === 0) return undefined;
  const all = buckets.find(({ bound }) => bound === Infinity);
  const finite = buckets
    .filter(({ bound }) => Number.isFinite(bound))
    .map(({ bound, count }) => ({ bound: scaled(bound, boundScale), count }))
    .sort((one, other) => one.bound - other.bound);
  if (!all) {
    return { problem: 'the buckets lack +Inf, the number of all requests' };
  }
  const isIdle = sparse !== undefined && all.count === 0;
  if (finite.length === 0 && !isIdle) {
    return { problem: 'the only bucket is +Inf, which tells no latency' };
  }
  return { requests: all.count, buckets: finite, sparse };
}

/** What a window counted of a ratio; an arm that did not answer is absent. */
export function ratioCounts(arms: {
  readonly canary?: ArmCounts;
  readonly stable?: ArmCounts;
}): WindowCounts {
  const { canary, stable } = arms;
  return { canary, stable };
}

/**
 * What a window counted of latency: requests slower than each bound at which
 * both arms are known. Versions may have different buckets; what only one of
 * them tells cannot be compared.
 */
export function latencyCounts(
  arms: { readonly canary?: Histogram; readonly stable?: Histogram },
  ladder: readonly number[],
): WindowCounts {
  const { canary, stable } = arms;
  const answered = [canary, stable].filter(arm => arm !== undefined);
  if (answered.length === 0) return {};
  const bounds = comparedBounds(answered, ladder);
  const slower = (arm: Histogram): ArmCounts => ({
    requests: arm.requests,
    events: bounds.map(bound => arm.requests - countUpTo(arm, bound)!),
  });
  return {
    bounds,
    canary: canary && slower(canary),
    stable: stable && slower(stable),
  };
}

/** Percent of the requests that were events; undefined of none. */
export function percentOf({
  requests,
  events: [events],
}: ArmCounts): number | undefined {
  return requests > 0 ? (100 * events) / requests : undefined;
}

/**
 * The quantile (0 to 1) as `histogram_quantile` reads it: latencies are taken
 * as spread evenly within a bucket, and what is slower than the last bound as
 * that bound. Undefined of no requests.
 */
export function quantileOf(
  { requests, buckets }: Histogram,
  quantile: number,
): number | undefined {
  if (!(requests > 0)) return undefined;
  const rank = quantile * requests;
  const index = buckets.findIndex(({ count }) => count >= rank);
  if (index < 0) return buckets[buckets.length - 1].bound;
  const { bound, count } = buckets[index];
  const before = index > 0 ? buckets[index - 1] : { bound: 0, count: 0 };
  const inside = count - before.count;
  if (!(inside > 0)) return bound;
  const share = (rank - before.count) / inside;
  return before.bound + (bound - before.bound) * share;
}
