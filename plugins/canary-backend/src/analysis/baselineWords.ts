import { Baseline } from 'backstage-plugin-canary-common';
import { formatDuration } from 'backstage-plugin-canary-node';

/** What the stable's values are of, for a rule; undefined where that is the stable version now. */
export function baselineWords(
  baseline: Baseline | undefined,
): string | undefined {
  if (baseline === undefined || baseline === 'stable') return undefined;
  if (baseline === 'fresh') return 'a fresh baseline';
  return `the same window ${formatDuration(baseline.offsetMs)} earlier`;
}
