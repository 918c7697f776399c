import { Cluster, KubernetesObject, refOf } from 'backstage-plugin-canary-node';
import { specOf } from '../manifests/manifests';
import { mergeOnto, patchFresh } from './patchFresh';

/**
 * Gives the canary this many replicas. Where scaling is the shift more pods are
 * more exposure, so growing carries the observed version and is not repeated.
 */
export async function ensureReplicas(
  cluster: Cluster,
  canary: KubernetesObject,
  replicas: number,
  signal?: AbortSignal,
): Promise<void> {
  const live = (object: KubernetesObject) => specOf(object).replicas ?? 1;
  const scale = (object: KubernetesObject) =>
    mergeOnto(object, { spec: { replicas } });
  if (live(canary) < replicas) {
    await cluster.patch(refOf(canary), scale(canary), signal);
  } else {
    await patchFresh(
      cluster,
      canary,
      object => (live(object) > replicas ? scale(object) : undefined),
      signal,
    );
  }
}
