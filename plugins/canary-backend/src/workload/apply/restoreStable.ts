import { Cluster, KubernetesObject } from 'backstage-plugin-canary-node';
import { RolloutState } from '../../rollout';
import { containersOf } from '../manifests/containers';
import { specOf } from '../manifests/manifests';
import { patchFresh } from './patchFresh';
import { replaceImages } from '../manifests/replaceImages';

/**
 * Puts the recorded images back wherever the canary's are. A third image is
 * somebody else's change and stays.
 */
export async function restoreStable(
  cluster: Cluster,
  { images }: RolloutState,
  stable: KubernetesObject,
  signal?: AbortSignal,
): Promise<void> {
  await patchFresh(
    cluster,
    stable,
    object => {
      const ours = containersOf(specOf(object).template).filter(
        ({ name, image }) => image === images.canary[name],
      );
      const before = Object.fromEntries(
        ours.map(({ name }) => [name, images.stable[name]]),
      );
      return replaceImages(object, before);
    },
    signal,
  );
}
