import { outliers } from './outliers';

/** What happens to points that are missing or far out. */
export interface CleaningPolicy {
  /** A missing point (NaN) is dropped, or counts as 0. */
  readonly nanStrategy: 'remove' | 'replace';
  readonly outlierStrategy: 'keep' | 'remove';
  /** How many interquartile ranges away a point is an outlier. */
  readonly outlierFactor: number;
}

/** The points of one arm that are compared, in their order. */
export function cleanSeries(
  points: readonly number[],
  policy: CleaningPolicy,
): readonly number[] {
  const known =
    policy.nanStrategy === 'replace'
      ? points.map(point => (Number.isNaN(point) ? 0 : point))
      : points.filter(point => !Number.isNaN(point));
  if (policy.outlierStrategy === 'keep' || known.length === 0) return known;
  const isOutlier = outliers(known, policy.outlierFactor, true);
  return known.filter((_, index) => !isOutlier[index]);
}
