import { ConflictError } from '@backstage/errors';
import { Cluster, KubernetesObject } from 'backstage-plugin-canary-node';
import { RolloutState } from '../../rollout';
import { FENCE_ANNOTATION } from '../manifests/canaryNames';
import { mergeOnto, patchFresh } from './patchFresh';
import { refuseFencedOff } from './refuseFencedOff';

/**
 * Makes an object carry this fence, or none. The annotation is a real change,
 * so that a write which a stalled former owner planned on the version before
 * it must fail.
 *
 * @throws ConflictError when a later owner of the same rollout has put up its
 * own, before or after we looked
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
      const present = object.metadata.annotations?.[FENCE_ANNOTATION];
      if (present === fence) return undefined;
      if (fence && present && isLater(present, fence)) {
        throw new ConflictError(
          `${object.kind} ${object.metadata.name} carries the later fence ${present}; ours is ${fence}`,
        );
      }
      const annotations = { [FENCE_ANNOTATION]: fence ?? null };
      return mergeOnto(object, { metadata: { annotations } });
    },
    signal,
  );
}

/** Whether a fence `<rollout>/<epoch>` is of a later epoch of the same rollout. */
function isLater(fence: string, than: string): boolean {
  const [rollout, epoch] = fence.split('/');
  const [ours, ourEpoch] = than.split('/');
  return rollout === ours && Number(epoch) > Number(ourEpoch);
}
