/** Label of everything that a rollout puts into a cluster, canary pods included: its id. @public */
export const CANARY_ROLLOUT_LABEL = 'canary/rollout';

/** Annotation that a command which ends a rollout puts on every object first: `<rollout>/<epoch>`. @public */
export const CANARY_FENCE_ANNOTATION = 'canary/fence';

/** Name of the canary Deployment and of the canary Service of a workload. @public */
export function canaryNameOf(workload: string): string {
  return `${workload}-canary`;
}
