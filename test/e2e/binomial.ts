/**
 * Whether `hits` of `n` independent requests fit a probability, within the
 * central 99.9 % of the binomial distribution (normal approximation with
 * continuity correction, good for n·p ≥ 10).
 */
export function fitsShare(hits: number, n: number, share: number): boolean {
  const z = 3.2905;
  const spread = z * Math.sqrt(n * share * (1 - share)) + 0.5;
  return Math.abs(hits - n * share) <= spread;
}
