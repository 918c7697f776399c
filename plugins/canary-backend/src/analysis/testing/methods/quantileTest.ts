import { betaBinomialMixture } from './betaBinomialMixture';

/**
 * Always-valid p-value of "both arms have the same quantile" (Howard & Ramdas
 * 2022): `min over x of [G_a(x) + G_b(x)]`, G being the evidence of one arm
 * against x as its quantile.
 */
export function quantilePValue(options: {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly p: number;
  readonly tOpt: number;
  readonly alphaOpt: number;
}): number {
  const { a, b, p, tOpt, alphaOpt } = options;
  const mixture = betaBinomialMixture(
    tOpt * p * (1 - p),
    alphaOpt,
    p,
    1 - p,
    false,
  );
  const evidence = (values: readonly number[]) => {
    const n = values.length;
    const at = (share: number) => mixture((share - p) * n, p * (1 - p) * n);
    const least = minimizer(at);
    const sorted = [...values].sort((x, y) => x - y);
    const from = sorted[Math.ceil(least * n) - 1];
    const to = sorted[Math.floor(least * n)];
    return (x: number) => {
      if (x < from) return at(sorted.filter(one => one <= x).length / n);
      if (x > to) return at(sorted.filter(one => one < x).length / n);
      return at(least);
    };
  };
  const [ofA, ofB] = [evidence(a), evidence(b)];
  const logE = Math.min(...[...a, ...b].map(x => ofA(x) + ofB(x)));
  return Math.min(1, Math.exp(-logE));
}

/** Where a convex function of (0, 1) is smallest. */
function minimizer(f: (x: number) => number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 100; step++) {
    const third = (high - low) / 3;
    if (f(low + third) <= f(high - third)) high -= third;
    else low += third;
  }
  return (low + high) / 2;
}
