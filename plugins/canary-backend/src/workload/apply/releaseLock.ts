import { Cluster, refOf } from 'backstage-plugin-canary-node';
import { WorkloadObservation } from '../observe/observeWorkload';

/** Deletes the rollout's lock, and none that another rollout made since. */
export async function releaseLock(
  cluster: Cluster,
  { objects: { lock } }: Pick<WorkloadObservation, 'objects'>,
  signal?: AbortSignal,
): Promise<void> {
  if (!lock) return;
  const { uid } = lock.metadata;
  await cluster.delete(refOf(lock), { uid }, signal);
}
