/** Label of every object that a rollout puts into a cluster, and of canary pods: its id. @public */
export const CANARY_ROLLOUT_LABEL = 'canary/rollout';

/** Annotation that a command which ends a rollout puts on every object first: `<rollout>/<epoch>`. @public */
export const CANARY_FENCE_ANNOTATION = 'canary/fence';

/** Name of the canary Deployment and of the canary Service of a workload. @public */
export function canaryNameOf(workload: string): string {
  return `${workload}-canary`;
}

/**
 * Label of the pods of a fresh baseline: the rollout's id. They have no
 * `canary/rollout`, by which the canary's Service would send them its requests.
 *
 * @public
 */
export const CANARY_BASELINE_LABEL = 'canary/baseline';

/** Name of the Deployment of a workload's fresh baseline. @public */
export function baselineNameOf(workload: string): string {
  return `${workload}-baseline`;
}
