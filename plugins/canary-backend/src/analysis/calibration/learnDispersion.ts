import { WindowCounts } from 'backstage-plugin-canary-common';
import { estimateDispersion, Stratum } from '../statistics';
import { countsProblem, strataOf } from '../runs/windowCounts';

/** How much the counts of two equal versions vary. */
export interface LearnedDispersion {
  /** At least 1, which is that of independent requests. */
  readonly value: number;
  /** Windows that it rests on. */
  readonly windows: number;
}

/**
 * What the windows of an A/A run teach: the dispersion of a ratio, and of a
 * histogram the largest of its bounds, for bursts of slow requests may show at
 * one of them only. Undefined while too few windows had events.
 */
export function learnDispersion(
  windows: readonly WindowCounts[],
): LearnedDispersion | undefined {
  const comparable = windows.filter(counts => !countsProblem(counts));
  const strata = new Map<number | undefined, Stratum[]>();
  for (const counts of comparable) {
    strataOf(counts).forEach((stratum, index) => {
      const bound = counts.bounds?.[index];
      const known = strata.get(bound);
      if (known) known.push(stratum);
      else strata.set(bound, [stratum]);
    });
  }
  const values = [...strata.values()].flatMap(
    each => estimateDispersion(each)?.value ?? [],
  );
  return values.length === 0
    ? undefined
    : { value: Math.max(...values), windows: comparable.length };
}
