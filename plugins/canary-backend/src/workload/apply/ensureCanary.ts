import { ConflictError, NotFoundError } from '@backstage/errors';
import { Cluster } from 'backstage-plugin-canary-node';
import { RolloutState } from '../../rollout';
import { serviceViewOf } from '../../kubernetes/objects/selectors';
import { canaryService } from '../manifests/canaryService';
import { cloneDeployment } from '../manifests/cloneDeployment';
import { ownedBy, OwnerReference } from '../manifests/lock';
import { WorkloadObservation } from '../observe/observeWorkload';

/**
 * Makes the canary's Deployment and Service where they are missing. To create
 * the name keeps everybody else from it.
 *
 * @throws ConflictError when somebody else has the name
 * @throws NotFoundError when there is nothing to copy
 */
export async function ensureCanary(
  cluster: Cluster,
  rollout: RolloutState,
  { nameCollision, objects }: WorkloadObservation,
  options: {
    readonly keepServiceLabels?: boolean;
    /** The rollout's lock; absent where it has to do without. */
    readonly lock?: OwnerReference;
    readonly signal?: AbortSignal;
  },
): Promise<void> {
  if (objects.canary && objects.canaryService) return;
  if (nameCollision) throw new ConflictError(nameCollision);
  const { id, target, images, desired, traffic, plan } = rollout;
  const { stable, stableService } = objects;
  if (!stable || !stableService) {
    const missing = stable
      ? `Service ${target.namespace}/${traffic.stableService}`
      : `Deployment ${target.namespace}/${target.name}`;
    throw new NotFoundError(
      `${missing} is gone, so that no canary can be made after it`,
    );
  }

  const { signal, keepServiceLabels, lock } = options;
  if (!objects.canary) {
    const clone = cloneDeployment(stable, {
      rolloutId: id,
      images: images.canary,
      replicas: desired.replicas,
      spread: plan.canary?.spread,
      serviceSelector: serviceViewOf(stableService).selector,
      keepServiceLabels,
    });
    await cluster.create(ownedBy(clone, lock), signal);
  }
  if (!objects.canaryService) {
    const service = canaryService(stableService, {
      workload: target.name,
      rolloutId: id,
    });
    await cluster.create(ownedBy(service, lock), signal);
  }
}
