import { KubernetesObject } from 'backstage-plugin-canary-node';

/** On every object of ours: the id of the rollout it belongs to. */
export const ROLLOUT_LABEL = 'canary/rollout';

/** `<rollout>/<epoch>` of the commit that ends a rollout. */
export const FENCE_ANNOTATION = 'canary/fence';

/** Name of the canary's Deployment and of its Service. */
export function canaryName(workload: string): string {
  return `${workload}-canary`;
}

/** Whether an object was made for this rollout. */
export function belongsTo(
  object: KubernetesObject,
  rolloutId: string,
): boolean {
  return object.metadata.labels?.[ROLLOUT_LABEL] === rolloutId;
}
