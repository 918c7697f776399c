import { ConflictError } from '@backstage/errors';
import { isExposed } from 'backstage-plugin-canary-common';
import { canaryNameOf, KubernetesObject } from 'backstage-plugin-canary-node';
import { guardWrites } from '../../kubernetes';
import { Ownership, RolloutState } from '../../rollout';
import { observeTraffic } from '../../traffic';
import { readLate, removeLate } from '../../workload';
import { ObserveDeps } from './observe';

/**
 * Removes what arrived in the cluster after the rollout's end: a create that got
 * no answer in time, or the lock itself, which nothing owns.
 *
 * @returns what was removed, for messages
 * @throws ConflictError while the route sends users to it, whoever made it so
 */
export async function sweep(
  rollout: RolloutState,
  deps: Pick<ObserveDeps, 'findCluster' | 'routers'>,
  ownership: Pick<Ownership, 'assertProven'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { target, plan, strategy } = rollout;
  if (strategy === 'rollback') return [];
  const cluster = guardWrites(
    await deps.findCluster(target.cluster),
    async () => {
      signal.throwIfAborted();
      ownership.assertProven();
    },
  );
  const late = await readLate(cluster, rollout, signal);
  const router = deps.routers.get(plan.traffic.router);
  // Where pods are the traffic, to take them away is what takes users off.
  if (!router.scaling && late.some(one => isRouted(one, rollout))) {
    const pods = { stable: 0, canary: 0 };
    const { observation } = await observeTraffic(
      { cluster, router, rollout, pods },
      signal,
    );
    if (isExposed(observation.exposure)) {
      throw new ConflictError(
        `The route sends users to ${target.namespace}/${canaryNameOf(
          target.name,
        )}, which is left over from rollout ${
          rollout.id
        }; take it out of the route`,
      );
    }
  }
  return removeLate(cluster, late, signal);
}

/** Whether requests that the route sends to the canary's name need the object. */
function isRouted(
  { kind, metadata }: KubernetesObject,
  { target }: RolloutState,
): boolean {
  return kind !== 'Lease' && metadata.name === canaryNameOf(target.name);
}
