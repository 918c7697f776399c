import { ConflictError } from '@backstage/errors';
import { Cluster, refOf } from 'backstage-plugin-canary-node';
import { describeLeftover } from '../observe/leftover';
import { WorkloadObservation } from '../observe/observeWorkload';

/**
 * Deletes what has our names and is left over from rollouts that ended.
 *
 * @param isReached - whether the route sends users to the canary's name: nothing
 *   may go from under them, whoever put it there
 * @throws ConflictError while it does
 */
export async function removeLeftovers(
  cluster: Cluster,
  { objects: { leftovers } }: Pick<WorkloadObservation, 'objects'>,
  isReached: boolean,
  signal?: AbortSignal,
): Promise<void> {
  for (const object of leftovers) {
    if (isReached) {
      throw new ConflictError(
        `${describeLeftover(
          object,
        )}, which has ended, is in the way, and the route sends users to it; take it out of the route first`,
      );
    }
    const { uid } = object.metadata;
    await cluster.delete(refOf(object), { uid }, signal);
  }
}
