import { Measurement, Verdict } from 'backstage-plugin-canary-common';
import { epochOf } from '../../format';
import { finite, Interval, intervalOf } from './interval';

/** What was known of canary : stable after one look. */
export interface RatioRow {
  /** Epoch milliseconds. */
  readonly at: number;
  /** The best estimate; `null` until there is one. */
  readonly ratio: number | null;
  readonly interval: Interval | null;
  readonly pValue: number;
  readonly looks: number;
  readonly verdict: Verdict;
}

/** The looks of a metric whose judge gathers evidence, in the order of time. */
export function ratioRows(measurements: readonly Measurement[]): RatioRow[] {
  return measurements.flatMap(({ at: iso, evidence, verdict }) => {
    const at = epochOf(iso);
    if (at === undefined || !evidence) return [];
    return [
      {
        at,
        ratio: positive(evidence.ratio),
        interval: intervalOf(
          positive(evidence.lower),
          positive(evidence.upper),
        ),
        pValue: evidence.pValue,
        looks: evidence.looks,
        verdict,
      },
    ];
  });
}

/** A scale of ratios has no place for zero and below. */
function positive(value: number | undefined): number | null {
  const number = finite(value);
  return number !== null && number > 0 ? number : null;
}
