import { hundredthsOf } from '../../rollout/percent';

/**
 * Canary replicas for a weight in percent: its share of the stable's live
 * replicas, rounded up, at least one, and at least `minimum`.
 */
export function planScale(options: {
  readonly weight: number;
  readonly stableReplicas: number;
  readonly minimum?: number;
}): number {
  const { weight, stableReplicas, minimum = 1 } = options;
  // In hundredths of a percent, so that no binary fraction rounds a pod up.
  const share = (hundredthsOf(weight) * stableReplicas) / 10_000;
  return Math.max(1, Math.ceil(share), minimum);
}
