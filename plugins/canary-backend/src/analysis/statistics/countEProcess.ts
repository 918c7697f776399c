import { logSumExp } from './logSumExp';
import { comparesArms, Stratum } from './stratum';

/**
 * A test of "the canary's rate is at most `margin` times the stable's" that may
 * be looked at after every window, for ever.
 *
 * Given the requests of both arms and the events of both together, the canary's
 * events are hypergeometric under the null hypothesis, whatever the common rate
 * is and however it moves between windows. By Hoeffding (1963, section 6) that
 * is dominated in convex order by two binomials, so that the smaller of their
 * two moment generating functions bounds `E[(r/r0)^x]`, and
 *
 *   `S(r) += x ln(r/r0) − min{ e ln[(1+(r−1)w)/(1+(r0−1)w)],
 *                              n ln[(1+(r−1)p)/(1+(r0−1)p)] }`
 *
 * is the logarithm of a supermartingale for each alternative ratio `r`; with x
 * events of n requests of the canary, e events in both arms, w the canary's
 * share of the requests and p the share of events. The mean over alternatives
 * is one as well, and by Ville's inequality it ever exceeds 1/alpha with a
 * probability of at most alpha. It holds as long as requests are routed at
 * random and are independent; bursts need a `dispersion`.
 *
 * State: one score for each alternative ratio.
 */
export type Scores = readonly number[];

/** Alternatives, as multiples of the margin; each has the same prior weight. */
export const RATIOS: readonly number[] = [1.1, 1.25, 1.5, 2, 3, 5, 10];

/** Before the first window. */
export const NO_SCORES: Scores = RATIOS.map(() => 0);

/** The scores after one more window; a window that lacks an arm changes nothing. */
export function advanceScores(
  scores: Scores,
  stratum: Stratum,
  margin: number,
): Scores {
  if (!comparesArms(stratum)) return scores;
  const { canaryEvents: x, canaryRequests: n } = stratum;
  const requests = n + stratum.stableRequests;
  const events = x + stratum.stableEvents;
  const share = n / requests;
  const rate = events / requests;
  return scores.map((score, index) => {
    const multiple = RATIOS[index];
    const ratio = margin * multiple;
    const fromEvents = events * logRelative(ratio, margin, share);
    const fromRequests = n * logRelative(ratio, margin, rate);
    return score + x * Math.log(multiple) - Math.min(fromEvents, fromRequests);
  });
}

/**
 * The logarithm of the e-value. `dispersion` is how much more the counts vary
 * than those of independent requests, 1 when they are independent.
 */
export function logEValue(scores: Scores, dispersion: number): number {
  const tempered = scores.map(score => score / dispersion);
  return logSumExp(tempered) - Math.log(scores.length);
}

/** `ln[(1+(r−1)q)/(1+(r0−1)q)]`, exact for small q. */
function logRelative(ratio: number, margin: number, q: number): number {
  return Math.log1p((ratio - 1) * q) - Math.log1p((margin - 1) * q);
}
