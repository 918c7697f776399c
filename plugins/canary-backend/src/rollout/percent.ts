/**
 * Weights and shares are percents with two decimals: a route is written, read
 * back and compared in hundredths, so that nobody's rounding is a change.
 */
export function hundredthsOf(percent: number): number {
  return Math.round(percent * 100);
}

/** Whether a percent says nothing that hundredths could not. */
export function isInHundredths(percent: number): boolean {
  return hundredthsOf(percent) / 100 === percent;
}

/**
 * The percent that a part is of the whole. Never 0 while there is any part:
 * what users may reach is not understated.
 */
export function shareOf(part: number, whole: number): number {
  if (!(part > 0)) return 0;
  return Math.max(Math.round((part / whole) * 10_000), 1) / 100;
}
