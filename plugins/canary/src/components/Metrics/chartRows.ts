import { Measurement, Verdict } from 'backstage-plugin-canary-common';
import { epochOf } from '../../format';

/** One point of a chart; `null` is a gap, never a zero. */
export interface ChartRow {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly canary: number | null;
  readonly stable: number | null;
  readonly max: number | null;
  readonly min: number | null;
  /** Where the canary's true value lies, lower and upper end. */
  readonly band: readonly [number, number] | null;
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

/** NaN, infinities and absent values are no numbers to draw. */
function finite(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function bandOf({ band }: Measurement): readonly [number, number] | null {
  const lower = finite(band?.lower);
  const upper = finite(band?.upper);
  return lower === null || upper === null ? null : [lower, upper];
}
