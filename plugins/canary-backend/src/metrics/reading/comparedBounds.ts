import { MetricBuckets } from 'backstage-plugin-canary-node';

/** Requests by how long they took, with ascending finite bounds. */
interface Counted {
  readonly requests: number;
  readonly buckets: MetricBuckets['buckets'];
  readonly sparse?: MetricBuckets['sparse'];
}

/**
 * The bounds at which these histograms can be compared, ascending: all of them
 * are known there. A classic one says where, as it is known only at its own
 * bounds; else the bounds that somebody chose, which depend on what is not
 * empty; else the ladder, which depends on nothing.
 */
export function comparedBounds(
  arms: readonly Counted[],
  ladder: readonly number[],
): readonly number[] {
  const classic = arms.find(({ sparse }) => sparse === undefined);
  const candidates = classic ? boundsOf(classic) : sparseBounds(arms, ladder);
  return candidates.filter(bound =>
    arms.every(arm => countUpTo(arm, bound) !== undefined),
  );
}

/**
 * How many requests took at most `bound`; undefined where that is not known
 * exactly. With empty buckets left out it is known wherever nothing was counted
 * between the nearest bounds on both sides.
 */
export function countUpTo(
  { buckets, requests, sparse }: Counted,
  bound: number,
): number | undefined {
  const above = buckets.findIndex(one => one.bound >= bound);
  const next = above < 0 ? undefined : buckets[above];
  if (next?.bound === bound) return next.count;
  if (!sparse) return undefined;
  const before = above < 0 ? buckets.length - 1 : above - 1;
  const least = before < 0 ? 0 : buckets[before].count;
  const most = next ? next.count : requests;
  return least === most ? least : undefined;
}

function sparseBounds(
  arms: readonly Counted[],
  ladder: readonly number[],
): readonly number[] {
  if (arms.every(({ sparse }) => sparse === 'exponential')) return ladder;
  const all = new Set(arms.flatMap(boundsOf));
  return [...all].sort((one, other) => one - other);
}

function boundsOf({ buckets }: Counted): readonly number[] {
  return buckets.map(({ bound }) => bound);
}
