/**
 * What a counter counted between two scrapes, in whole numbers; undefined when
 * it restarted in between (a counter never falls otherwise) or a scrape is
 * missing. Such a window is dropped for both arms: counting one arm only would
 * compare different times.
 */
export function counterIncrease(
  before: number | undefined,
  after: number | undefined,
): number | undefined {
  if (before === undefined || after === undefined) return undefined;
  const increase = Math.round(after - before);
  return Number.isFinite(increase) && increase >= 0 ? increase : undefined;
}
