import { ArmCounts, WindowCounts } from 'backstage-plugin-canary-common';
import { MetricBuckets } from 'backstage-plugin-canary-node';

/** Requests of one arm by how long they took: ascending bounds, in the metric's unit. */
export interface Histogram {
  readonly requests: number;
  readonly buckets: MetricBuckets['buckets'];
}

/** The histogram of the answered buckets, or why they are none. */
export function histogramOf(
  { buckets }: Pick<MetricBuckets, 'buckets'>,
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
  if (finite.length === 0) {
    return { problem: 'the only bucket is +Inf, which tells no latency' };
  }
  return { requests: all.count, buckets: finite };
}

/** Bounds are written in decimals: 0.07 s are 70 ms, not 70.00000000000001. */
function scaled(bound: number, scale: number): number {
  return Number((bound * scale).toPrecision(12));
}

/** What a window counted of a ratio; an arm that did not answer is absent. */
export function ratioCounts(arms: {
  readonly canary?: ArmCounts;
  readonly stable?: ArmCounts;
}): WindowCounts {
  const { canary, stable } = arms;
  return { ...(canary && { canary }), ...(stable && { stable }) };
}

/**
 * What a window counted of latency: requests slower than each bound that both
 * arms know. Versions may have different buckets; what only one of them tells
 * cannot be compared.
 */
export function latencyCounts(arms: {
  readonly canary?: Histogram;
  readonly stable?: Histogram;
}): WindowCounts {
  const { canary, stable } = arms;
  const boundsOf = (arm: Histogram) => arm.buckets.map(({ bound }) => bound);
  const one = canary ?? stable;
  const other = stable ?? canary;
  if (!one || !other) return {};
  const shared = new Set(boundsOf(other));
  const bounds = boundsOf(one).filter(bound => shared.has(bound));
  const slower = ({ requests, buckets }: Histogram): ArmCounts => ({
    requests,
    events: buckets
      .filter(({ bound }) => bounds.includes(bound))
      .map(({ count }) => requests - count),
  });
  return {
    bounds,
    ...(canary && { canary: slower(canary) }),
    ...(stable && { stable: slower(stable) }),
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
