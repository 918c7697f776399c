/** `ln Σ exp(x)` without leaving the finite numbers; `-Infinity` of nothing. */
export function logSumExp(terms: readonly number[]): number {
  const largest = Math.max(...terms);
  if (!Number.isFinite(largest)) return largest;
  const scaled = terms.reduce((sum, x) => sum + Math.exp(x - largest), 0);
  return largest + Math.log(scaled);
}
