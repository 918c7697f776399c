import { betaBinomialMixture } from './betaBinomialMixture';
import { bisect } from './mixture';

/** Confidence sequence of a probability by beta-binomial mixtures. */
export function bernoulliInterval(options: {
  readonly successes: number;
  readonly trials: number;
  readonly alpha: number;
  readonly tOpt: number;
  readonly alphaOpt: number;
}): { readonly lower: number; readonly upper: number } {
  const { successes, trials, alpha, tOpt, alphaOpt } = options;
  const observed = successes / trials;
  // No mixture exists at 0 and 1: there the caller says on which side it is.
  const excess = (p: number, atEnd: number) => {
    if (p <= 0 || p >= 1) return atEnd;
    const mixture = betaBinomialMixture(
      p * (1 - p) * tOpt,
      alphaOpt,
      p,
      1 - p,
      false,
    );
    const v = p * (1 - p) * trials;
    return mixture((observed - p) * trials, v) - Math.log(1 / alpha);
  };
  return {
    lower:
      observed > 0 ? bisect(p => excess(p, p <= 0 ? 1 : -1), 0, observed) : 0,
    upper:
      observed < 1 ? bisect(p => excess(p, p >= 1 ? 1 : -1), observed, 1) : 1,
  };
}
