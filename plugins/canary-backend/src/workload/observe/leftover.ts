import {
  KubernetesObject,
  refOf,
  stringifyObjectRef,
} from 'backstage-plugin-canary-node';
import { rolloutIdOf } from '../../kubernetes/objects/rolloutIdOf';
import { RolloutState } from '../../rollout';

/**
 * Whether an object is left over from a rollout of the workload that had ended
 * before this one started: a create that arrived late, or a cluster that came
 * back from a backup. Nobody owns it any more, and it makes room.
 */
export function isLeftover(
  object: KubernetesObject,
  { startSnapshot }: Pick<RolloutState, 'startSnapshot'>,
): boolean {
  const id = rolloutIdOf(object);
  return id !== undefined && (startSnapshot.endedBefore?.includes(id) ?? false);
}

/** `Deployment shop/checkout-canary of rollout 4711`, for messages. */
export function describeLeftover(object: KubernetesObject): string {
  return `${stringifyObjectRef(refOf(object))} of rollout ${rolloutIdOf(
    object,
  )}`;
}
