import { Measurement } from 'backstage-plugin-canary-common';

/** Measurements by the name of their metric, each list in the given order. */
export function byMetric(
  measurements: readonly Measurement[],
): ReadonlyMap<string, readonly Measurement[]> {
  const groups = new Map<string, Measurement[]>();
  for (const each of measurements) {
    const group = groups.get(each.metric);
    if (group) group.push(each);
    else groups.set(each.metric, [each]);
  }
  return groups;
}

/** The latest measurement of each metric. */
export function latestOfEach(
  measurements: readonly Measurement[],
): Measurement[] {
  return [...byMetric(measurements).values()].map(group => group.at(-1)!);
}
