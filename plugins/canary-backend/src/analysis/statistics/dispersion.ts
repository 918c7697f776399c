import { comparesArms, Stratum } from './stratum';

/** Fewer windows than this say nothing about how counts vary. */
const FEWEST_WINDOWS = 10;

/**
 * How much more the canary's events vary than those of independent requests,
 * from windows in which both arms ran the same version: Pearson's statistic
 * over its degrees of freedom (McCullagh & Nelder 1989, section 4.5), with the
 * hypergeometric variance `e w (1−w) (N−e)/(N−1)`. Bursts of c events that stay
 * in one arm give `E[c²]/E[c]`.
 *
 * At least 1: counts that vary less than independent ones are luck. Undefined
 * when fewer than ten windows had events.
 */
export function estimateDispersion(
  strata: readonly Stratum[],
): number | undefined {
  const squares = strata.filter(comparesArms).flatMap(stratum => {
    const requests = stratum.canaryRequests + stratum.stableRequests;
    const events = stratum.canaryEvents + stratum.stableEvents;
    const share = stratum.canaryRequests / requests;
    const variance =
      (events * share * (1 - share) * (requests - events)) / (requests - 1);
    return variance > 0
      ? [(stratum.canaryEvents - events * share) ** 2 / variance]
      : [];
  });
  if (squares.length < FEWEST_WINDOWS) return undefined;
  const total = squares.reduce((sum, square) => sum + square, 0);
  return Math.max(1, total / squares.length);
}
