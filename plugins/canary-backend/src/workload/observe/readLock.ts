import {
  canaryNameOf,
  Cluster,
  KubernetesObject,
} from 'backstage-plugin-canary-node';
import { leaseRef } from '../../kubernetes/objects/refs';
import { unlessForbidden } from './unlessForbidden';

/** The Lease that has the name of a workload's lock; undefined too where we may not see any. */
export async function readLock(
  cluster: Cluster,
  workload: { readonly namespace: string; readonly name: string },
  signal?: AbortSignal,
): Promise<KubernetesObject | undefined> {
  const { namespace, name } = workload;
  const ref = leaseRef(namespace, canaryNameOf(name));
  const found = await unlessForbidden(cluster.get(ref, signal));
  return found === 'forbidden' ? undefined : found;
}
