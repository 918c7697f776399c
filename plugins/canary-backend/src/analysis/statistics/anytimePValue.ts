/**
 * The p-value that holds at every look: the smallest `1/E` of all looks so far,
 * from the largest `ln E` (Ville's inequality). Never above 1, never grows.
 */
export function anytimePValue(peakLogE: number): number {
  return Math.exp(-Math.max(0, peakLogE));
}
