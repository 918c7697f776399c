import { Measurement, Verdict } from 'backstage-plugin-canary-common';
import { epochOf } from '../../format';
import { finite, Interval, intervalOf } from './interval';

/** One point of a chart; `null` is a gap, never a zero. */
export interface ChartRow {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly canary: number | null;
  readonly stable: number | null;
  readonly max: number | null;
  readonly min: number | null;
  /** Where the canary's true value lies. */
  readonly band: Interval | null;
  readonly verdict: Verdict;
}

/** The points of a metric in the order of time. */
export function chartRows(measurements: readonly Measurement[]): ChartRow[] {
  return measurements.flatMap(each => {
    const at = epochOf(each.at);
    if (at === undefined) return [];
    return [
      {
        at,
        canary: finite(each.canary),
        stable: finite(each.stable),
        max: finite(each.threshold?.max),
        min: finite(each.threshold?.min),
        band: bandOf(each),
        verdict: each.verdict,
      },
    ];
  });
}

/**
 * A band's end that the evidence leaves open is open, whatever number stands
 * for it: a rate is never below zero, but zero was not found out.
 */
function bandOf({ band, evidence }: Measurement): Interval | null {
  if (!band) return null;
  const isOpenBelow = evidence && finite(evidence.lower) === null;
  const isOpenAbove = evidence && finite(evidence.upper) === null;
  return intervalOf(
    isOpenBelow ? null : band.lower,
    isOpenAbove ? null : band.upper,
  );
}
