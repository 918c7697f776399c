import {
  CANARY_ROLLOUT_LABEL,
  KubernetesObject,
} from 'backstage-plugin-canary-node';

export {
  baselineNameOf as baselineName,
  CANARY_BASELINE_LABEL as BASELINE_LABEL,
  CANARY_FENCE_ANNOTATION as FENCE_ANNOTATION,
  canaryNameOf as canaryName,
  CANARY_ROLLOUT_LABEL as ROLLOUT_LABEL,
} from 'backstage-plugin-canary-node';

/** Whether an object was made for this rollout. */
export function belongsTo(
  object: KubernetesObject,
  rolloutId: string,
): boolean {
  return object.metadata.labels?.[CANARY_ROLLOUT_LABEL] === rolloutId;
}
