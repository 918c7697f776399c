/** The nearest-rank quantile of sorted numbers; null of none. */
export function quantile(
  sorted: readonly number[],
  share: number,
): number | null {
  if (sorted.length === 0) return null;
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1];
}
