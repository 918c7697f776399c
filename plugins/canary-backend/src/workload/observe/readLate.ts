import {
  baselineNameOf,
  canaryNameOf,
  Cluster,
  KubernetesObject,
} from 'backstage-plugin-canary-node';
import { rolloutIdOf } from '../../kubernetes/objects/rolloutIdOf';
import { deploymentRef, serviceRef } from '../../kubernetes/objects/refs';
import { RolloutState } from '../../rollout';
import { readLock } from './readLock';

/**
 * What of a rollout that ended is in its cluster all the same, the lock last. By
 * its names, not by its label alone: who copies our manifest copies the label.
 */
export async function readLate(
  cluster: Cluster,
  { id, target }: Pick<RolloutState, 'id' | 'target'>,
  signal?: AbortSignal,
): Promise<KubernetesObject[]> {
  const { namespace, name } = target;
  const ours = canaryNameOf(name);
  const found = await Promise.all([
    cluster.get(serviceRef(namespace, ours), signal),
    cluster.get(deploymentRef(namespace, ours), signal),
    cluster.get(deploymentRef(namespace, baselineNameOf(name)), signal),
    readLock(cluster, target, signal),
  ]);
  return found.flatMap(object =>
    object && rolloutIdOf(object) === id ? object : [],
  );
}
