import { Cluster, KubernetesObject, refOf } from 'backstage-plugin-canary-node';
import { RolloutState } from '../../rollout';
import { replaceImages } from '../manifests/replaceImages';

/**
 * Gives the stable the canary's images, on the version that the decision saw. A
 * promotion that was seen once and is gone was reverted by somebody: it is not
 * patched again.
 *
 * @throws ConflictError when the Deployment changed since
 */
export async function promoteStable(
  cluster: Cluster,
  { images, promotion }: RolloutState,
  stable: KubernetesObject,
  signal?: AbortSignal,
): Promise<void> {
  if (promotion?.seenAt !== undefined) return;
  const patch = replaceImages(stable, images.canary);
  if (patch) await cluster.patch(refOf(stable), patch, signal);
}
