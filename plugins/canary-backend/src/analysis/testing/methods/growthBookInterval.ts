/** Sum, sum of squares and number of one arm's values. */
export interface Moments {
  readonly sum: number;
  readonly sum_squares: number;
  readonly n: number;
}

/**
 * GrowthBook's asymptotic confidence sequence of the relative difference of
 * means (Waudby-Smith et al. 2021), b against a.
 */
export function growthBookInterval(
  a: Moments,
  b: Moments,
  alpha: number,
  tuning: number,
) {
  const [ofA, ofB] = [describe(a), describe(b)];
  const uplift = (ofB.mean - ofA.mean) / ofA.mean;
  const variance =
    ofB.variance / (ofA.mean ** 2 * b.n) +
    (ofA.variance * ofB.mean ** 2) / (ofA.mean ** 4 * a.n);
  const n = a.n + b.n;
  const halfWidth = (oneSided: boolean, level: number) => {
    const tuned = oneSided ? 2 * level : level;
    const rho2 =
      (-2 * Math.log(tuned) + Math.log(-2 * Math.log(tuned) + 1)) / tuning;
    const spread = n * rho2 + 1;
    const log = oneSided
      ? Math.log(1 + Math.sqrt(spread) / (2 * level))
      : Math.log(Math.sqrt(spread) / level);
    return Math.sqrt((variance * n * 2 * spread * log) / (n ** 2 * rho2));
  };
  const rho2 =
    (-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha) + 1)) / tuning;
  const logE =
    ((rho2 * uplift ** 2) / (2 * variance * (n * rho2 + 1))) * n -
    Math.log(n * rho2 + 1) / 2;
  return {
    uplift,
    upliftStd: Math.sqrt(variance),
    twoSided: [
      uplift - halfWidth(false, alpha),
      uplift + halfWidth(false, alpha),
    ],
    lowerOneSided: uplift - halfWidth(true, alpha),
    pTwoSided: Math.min(1, Math.exp(-logE)),
    pOneSided: oneSidedP(level => uplift - halfWidth(true, level)),
  };
}

/** GrowthBook looks no further than 0.4999. */
function oneSidedP(lower: (level: number) => number): number {
  let [low, high] = [1e-6, 0.4999];
  if (lower(high) <= 0) return high;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (lower(middle) > 0) high = middle;
    else low = middle;
  }
  return high;
}

function describe({ sum, sum_squares: squares, n }: Moments) {
  return { mean: sum / n, variance: (squares - sum ** 2 / n) / (n - 1) };
}
