import type { Plan } from './schemas/plan';

/** Whether rollouts by this plan bring pods of the stable version as fresh as the canary's. @public */
export function wantsFreshBaseline({
  metrics,
}: Pick<Plan, 'metrics'>): boolean {
  return Object.values(metrics).some(({ baseline }) => baseline === 'fresh');
}
