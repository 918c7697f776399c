/** A mixture supermartingale: `ln m(s, v)` of a sum s with variance v. */
export type LogMixture = (s: number, v: number) => number;

/**
 * The tuning that makes a two-sided normal mixture tightest at variance `v`
 * (Howard et al. 2021, eq. 14).
 */
export function bestRho(v: number, alpha: number): number {
  return v / (2 * Math.log(1 / alpha) + Math.log(1 + 2 * Math.log(1 / alpha)));
}

/** The tuning of every one-sided mixture. */
export function bestRhoOneSided(v: number, alpha: number): number {
  return bestRho(v, 2 * alpha);
}

/** The sum at which a mixture reaches `1/alpha`, by bisection up to `limit`. */
export function mixtureBound(
  mixture: LogMixture,
  v: number,
  alpha: number,
  limit = Infinity,
): number {
  const threshold = Math.log(1 / alpha);
  const exceeds = (s: number) => mixture(s, v) > threshold;
  let high = Math.min(v, limit);
  while (!exceeds(high) && high < limit) high = Math.min(2 * high, limit);
  if (!exceeds(high)) return high;
  return bisect(s => mixture(s, v) - threshold, 0, high);
}

/** A zero of an increasing or decreasing function between two points. */
export function bisect(
  f: (x: number) => number,
  from: number,
  to: number,
): number {
  const rises = f(to) > 0;
  let [low, high] = [from, to];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (f(middle) > 0 === rises) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}
