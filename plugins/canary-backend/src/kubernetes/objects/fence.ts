import { ConflictError } from '@backstage/errors';
import {
  CANARY_FENCE_ANNOTATION,
  KubernetesObject,
  refOf,
  stringifyObjectRef,
} from 'backstage-plugin-canary-node';
import { RolloutState } from '../../rollout';
import { isFenceOf } from '../../rollout/fence';

/** The fence that an object carries. */
export function fenceOn({ metadata }: KubernetesObject): string | undefined {
  const annotations = metadata.annotations ?? {};
  return Object.hasOwn(annotations, CANARY_FENCE_ANNOTATION)
    ? annotations[CANARY_FENCE_ANNOTATION]
    : undefined;
}

/**
 * Refuses to write to an object with a fence of this rollout that its state
 * knows nothing of: it is being taken back, and we are a stalled owner. Only
 * what takes it back may replace or remove its fence. What another, ended
 * rollout left behind keeps nobody out.
 *
 * @throws ConflictError
 */
export function refuseFencedOff(
  { id, phase, desired }: Pick<RolloutState, 'id' | 'phase' | 'desired'>,
  object: KubernetesObject,
): void {
  const fence = fenceOn(object);
  if (phase === 'RollingBack' || fence === undefined) return;
  if (fence === desired.fence || !isFenceOf(fence, id)) return;
  throw new ConflictError(
    `${stringifyObjectRef(
      refOf(object),
    )} carries the fence ${fence}: this rollout is being taken back by another owner`,
  );
}
