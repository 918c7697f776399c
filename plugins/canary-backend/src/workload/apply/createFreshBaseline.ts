import { ConflictError, NotFoundError } from '@backstage/errors';
import { Cluster } from 'backstage-plugin-canary-node';
import { RolloutState } from '../../rollout';
import { serviceViewOf } from '../../kubernetes/objects/selectors';
import { cloneBaseline } from '../manifests/cloneDeployment';
import { ownedBy, OwnerReference, ownerReferenceTo } from '../manifests/lock';
import { WorkloadObservation } from '../observe/observeWorkload';

/**
 * Makes the Deployment of the fresh baseline, with the images that the stable
 * had at the start. Not before the canary has been seen: it has an owner from
 * the first, so that Kubernetes itself takes it away where it arrives after
 * everything had been taken back.
 *
 * @throws ConflictError when somebody else has the name
 * @throws NotFoundError when there is nothing to copy
 */
export async function createFreshBaseline(
  cluster: Cluster,
  { id, target, images, desired, traffic }: RolloutState,
  { nameCollision, objects }: WorkloadObservation,
  lock: OwnerReference | undefined,
  signal?: AbortSignal,
): Promise<void> {
  if (nameCollision) throw new ConflictError(nameCollision);
  const { stable, stableService, canary } = objects;
  if (!canary) return;
  if (!stable || !stableService) {
    const missing = stable
      ? `Service ${target.namespace}/${traffic.stableService}`
      : `Deployment ${target.namespace}/${target.name}`;
    throw new NotFoundError(
      `${missing} is gone, so that no fresh baseline can be made after it`,
    );
  }
  const clone = cloneBaseline(stable, {
    rolloutId: id,
    images: images.stable,
    replicas: desired.replicas,
    serviceSelector: serviceViewOf(stableService).selector,
  });
  // Without a lock the canary owns it, which goes before the rollout ends.
  const owner = lock ?? ownerReferenceTo(canary);
  await cluster.create(ownedBy(clone, owner), signal);
}
