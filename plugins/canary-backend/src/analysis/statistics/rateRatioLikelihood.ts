import { comparesArms, Stratum } from './stratum';

/**
 * The likelihood of the canary's rate as a multiple r of the stable's, over
 * windows of any traffic share:
 *
 *   `ln L(r) = Σ [ x ln r − e ln(1 + (r−1) w) ]`
 *
 * with x events of the canary, e events in both arms and w the canary's share
 * of the requests (Lindon & Malek 2022, stratified; exact for Poisson counts).
 *
 * The sum depends on every window's w, so that no few totals can stand for it.
 * But as a function of ln r it is as smooth as the softplus, and is kept by its
 * values at 41 Chebyshev points of ln r in ±6: polynomial interpolation between
 * them is off by less than 1e-9 per event.
 */
export type RateRatioLikelihood = readonly number[];

/** Logarithms of the smallest and largest ratio that can be told apart. */
export const LOG_RATIO_LIMIT = 6;

const NODES: readonly number[] = Array.from(
  { length: 41 },
  (_, index) => LOG_RATIO_LIMIT * Math.cos((Math.PI * index) / 40),
);

const RATIOS_LESS_ONE = NODES.map(Math.expm1);

/** Berrut & Trefethen (2004), eq. 5.4: weights for Chebyshev points. */
const BARYCENTRIC: readonly number[] = NODES.map((_, index) => {
  const sign = index % 2 === 0 ? 1 : -1;
  return index === 0 || index === NODES.length - 1 ? sign / 2 : sign;
});

/** Before the first window: every ratio is as likely. */
export const NO_LIKELIHOOD: RateRatioLikelihood = NODES.map(() => 0);

/** The likelihood after one more window; one that lacks an arm changes nothing. */
export function advanceLikelihood(
  likelihood: RateRatioLikelihood,
  stratum: Stratum,
): RateRatioLikelihood {
  if (!comparesArms(stratum)) return likelihood;
  const { canaryEvents, canaryRequests, stableEvents, stableRequests } =
    stratum;
  const events = canaryEvents + stableEvents;
  const share = canaryRequests / (canaryRequests + stableRequests);
  return likelihood.map(
    (value, index) =>
      value +
      canaryEvents * NODES[index] -
      events * Math.log1p(RATIOS_LESS_ONE[index] * share),
  );
}

/** `ln L` at `ln r`, which lies within ±{@link LOG_RATIO_LIMIT}. */
export function logLikelihoodAt(
  likelihood: RateRatioLikelihood,
  logRatio: number,
): number {
  let numerator = 0;
  let denominator = 0;
  for (let index = 0; index < NODES.length; index++) {
    const distance = logRatio - NODES[index];
    if (distance === 0) return likelihood[index];
    const weight = BARYCENTRIC[index] / distance;
    numerator += weight * likelihood[index];
    denominator += weight;
  }
  return numerator / denominator;
}
