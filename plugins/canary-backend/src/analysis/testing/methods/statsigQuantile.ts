import { normalQuantile } from '../../statistics';

/** Statsig's sequential critical value of equal arms of unit variance. */
export function statsigQuantile(
  variance: number,
  requests: number,
  alpha: number,
): number {
  // tau = z² (1 + 1) / N, with both arms together of N requests.
  const tau = (normalQuantile(alpha / 2) ** 2 * 2) / requests;
  return Math.sqrt(
    ((variance + tau) / tau) *
      (-2 * Math.log(alpha / 2) - Math.log(variance / (variance + tau))),
  );
}
