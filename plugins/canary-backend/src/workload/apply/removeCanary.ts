import { Cluster, refOf } from 'backstage-plugin-canary-node';
import { WorkloadObservation } from '../observe/observeWorkload';

/** Deletes the Service, then the Deployment, that were seen to be ours, and no others of their names. */
export async function removeCanary(
  cluster: Cluster,
  { objects }: WorkloadObservation,
  signal?: AbortSignal,
): Promise<void> {
  for (const object of [objects.canaryService, objects.canary]) {
    if (!object) continue;
    const { uid } = object.metadata;
    await cluster.delete(refOf(object), { uid }, signal);
  }
}
