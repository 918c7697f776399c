import { ConflictError } from '@backstage/errors';
import {
  CANARY_FENCE_ANNOTATION,
  Cluster,
  KubernetesObject,
} from 'backstage-plugin-canary-node';
import { RolloutState } from '../../rollout';
import { isLaterFence } from '../../rollout/fence';
import { fenceOn, refuseFencedOff } from '../../kubernetes/objects/fence';
import { mergeOnto, patchFresh } from './patchFresh';

/**
 * Makes an object carry this fence, or none. The annotation is a real change,
 * so that a write which a stalled former owner planned on the version before
 * it must fail.
 *
 * @throws ConflictError when a later owner of the same rollout has put up its
 * own, before or after we observed
 * @returns the object as it is now, for the writes that follow
 */
export function ensureFence(
  cluster: Cluster,
  rollout: RolloutState,
  observed: KubernetesObject,
  fence: string | undefined,
  signal?: AbortSignal,
): Promise<KubernetesObject | undefined> {
  return patchFresh(
    cluster,
    observed,
    object => {
      refuseFencedOff(rollout, object);
      const present = fenceOn(object);
      if (present === fence) return undefined;
      if (fence && present && isLaterFence(present, fence)) {
        throw new ConflictError(
          `${object.kind} ${object.metadata.name} carries the later fence ${present}; ours is ${fence}`,
        );
      }
      const annotations = { [CANARY_FENCE_ANNOTATION]: fence ?? null };
      return mergeOnto(object, { metadata: { annotations } });
    },
    signal,
  );
}
