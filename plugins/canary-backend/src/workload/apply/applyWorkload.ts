import { Cluster, KubernetesObject, refOf } from 'backstage-plugin-canary-node';
import { RolloutState } from '../../rollout';
import { refuseFencedOff } from '../../kubernetes/objects/fence';
import { createFreshBaseline } from './createFreshBaseline';
import { ensureCanary } from './ensureCanary';
import { ensureFence } from './ensureFence';
import { ensureReplicas } from './ensureReplicas';
import { holdHpaFloor } from './holdHpaFloor';
import { WorkloadObservation } from '../observe/observeWorkload';
import { promoteStable } from './promoteStable';
import { removeCanary } from './removeCanary';
import { restoreStable } from './restoreStable';

/**
 * Brings the workload to the committed desired state. Safe to repeat and to
 * leave half done: whatever is missing is seen and made by the next tick.
 *
 * The fence comes first. Writes that raise exposure, or patch the new images
 * into the stable, go out once and on the versions in `observed`; writes that
 * take something back may read again. A Deployment that is not the one of the
 * start is never written to, and nothing is once a later owner took the rollout
 * back.
 *
 * @param rollout - as committed; nothing else is ever applied
 * @throws ConflictError when the cluster changed since it was observed: the tick ends
 */
export async function applyWorkload(
  cluster: Cluster,
  rollout: RolloutState,
  observed: WorkloadObservation,
  signal?: AbortSignal,
  options: {
    /** Scaling is the shift: the stable's Service must select the canary's pods as well. */
    readonly keepServiceLabels?: boolean;
  } = {},
): Promise<void> {
  const { desired, startSnapshot } = rollout;
  const { objects } = observed;

  const isOwn = objects.stable?.metadata.uid === startSnapshot.uid;
  const stable = isOwn ? objects.stable : undefined;
  for (const object of [stable, objects.canary, objects.freshBaseline]) {
    if (object) refuseFencedOff(rollout, object);
  }
  if (stable) await applyStable(cluster, rollout, stable, signal);
  if (desired.canary === 'absent') {
    await removeCanary(cluster, observed, signal);
  } else {
    await applyCanary(cluster, rollout, observed, { ...options, signal });
  }
  // After the canary, whose name is the lock.
  await applyFreshBaseline(cluster, rollout, observed, signal);
  // Last: a permission that is missing here must not keep the rest from ending.
  if (objects.hpa) await holdHpaFloor(cluster, rollout, objects.hpa, signal);
}

async function applyStable(
  cluster: Cluster,
  rollout: RolloutState,
  stable: KubernetesObject,
  signal: AbortSignal | undefined,
) {
  const { desired } = rollout;
  // A promotion is the one raising write that the stable ever gets; without
  // one there is nothing to fence off, and the stable stays untouched.
  const fence = desired.stable === 'restored' ? desired.fence : undefined;
  const fenced = await ensureFence(cluster, rollout, stable, fence, signal);
  if (desired.stable === 'promoted') {
    await promoteStable(cluster, rollout, stable, signal);
  }
  if (desired.stable === 'restored' && fenced) {
    await restoreStable(cluster, rollout, fenced, signal);
  }
}

async function applyCanary(
  cluster: Cluster,
  rollout: RolloutState,
  observed: WorkloadObservation,
  options: {
    readonly keepServiceLabels?: boolean;
    readonly signal?: AbortSignal;
  },
) {
  const { desired, phase } = rollout;
  const { canary } = observed.objects;
  // A canary that somebody deleted is not made anew only to be taken away.
  if (phase !== 'RollingBack') {
    await ensureCanary(cluster, rollout, observed, options);
  }
  const { signal } = options;
  const fenced =
    canary &&
    (await ensureFence(cluster, rollout, canary, desired.fence, signal));
  if (fenced) await ensureReplicas(cluster, fenced, desired.replicas, signal);
}

/** Brings the fresh baseline to the canary's size, or takes it away. */
async function applyFreshBaseline(
  cluster: Cluster,
  rollout: RolloutState,
  observed: WorkloadObservation,
  signal: AbortSignal | undefined,
) {
  const { desired, phase } = rollout;
  const { freshBaseline } = observed.objects;
  if (desired.freshBaseline !== 'present') {
    if (!freshBaseline) return;
    const { uid } = freshBaseline.metadata;
    await cluster.delete(refOf(freshBaseline), { uid }, signal);
    return;
  }
  if (!freshBaseline && phase !== 'RollingBack') {
    await createFreshBaseline(cluster, rollout, observed, signal);
  }
  const fenced =
    freshBaseline &&
    (await ensureFence(cluster, rollout, freshBaseline, desired.fence, signal));
  if (fenced) await ensureReplicas(cluster, fenced, desired.replicas, signal);
}
