/** Where a true value lies; an end that is `null` is open: nothing is known of it yet. */
export interface Interval {
  readonly lower: number | null;
  readonly upper: number | null;
}

/** NaN, infinities and absent values are no numbers to draw. */
export function finite(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** The interval between two ends, or `null` where both are open: that says nothing. */
export function intervalOf(
  lower: number | null | undefined,
  upper: number | null | undefined,
): Interval | null {
  const ends = { lower: finite(lower), upper: finite(upper) };
  return ends.lower === null && ends.upper === null ? null : ends;
}
