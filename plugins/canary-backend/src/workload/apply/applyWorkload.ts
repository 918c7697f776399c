import { Cluster, refOf } from 'backstage-plugin-canary-node';
import { Instant, RolloutState } from '../../rollout';
import { refuseFencedOff } from '../../kubernetes/objects/fence';
import { createFreshBaseline } from './createFreshBaseline';
import { ensureCanary } from './ensureCanary';
import { ensureFence } from './ensureFence';
import { ensureLock, lockSeen } from './ensureLock';
import { ensureReplicas } from './ensureReplicas';
import { holdHpaFloor } from './holdHpaFloor';
import { WorkloadObservation } from '../observe/observeWorkload';
import { promoteStable } from './promoteStable';
import { removeCanary } from './removeCanary';
import { releaseLock } from './releaseLock';
import { removeLeftovers } from './removeLeftovers';
import { restoreStable } from './restoreStable';

/** What an act on the workload is given. */
export interface WorkloadAct {
  readonly cluster: Cluster;
  /** As committed; nothing else is ever applied. */
  readonly rollout: RolloutState;
  readonly observed: WorkloadObservation;
  readonly signal?: AbortSignal;
  /** Scaling is the shift: the stable's Service must select the canary's pods as well. */
  readonly keepServiceLabels?: boolean;
  /** The route sends users to the canary's name: what is left over there must stay. */
  readonly isReached?: boolean;
  /** When it was observed: what may fail at first is done without later. */
  readonly at?: Instant;
}

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
 * @throws ConflictError when the cluster changed since it was observed: the tick ends
 */
export async function applyWorkload(act: WorkloadAct): Promise<void> {
  refuseAnyFencedOff(act);
  await applyStable(act);
  await applyCanary(act);
  // Last: a permission that is missing here must not keep the rest from ending.
  await applyHpa(act);
}

/** Gives the stable the images that are desired. */
export async function applyStable(act: WorkloadAct): Promise<void> {
  refuseAnyFencedOff(act);
  const { cluster, rollout, signal } = act;
  const stable = ownStable(act);
  if (!stable) return;
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

/** Makes the canary and what it is compared with, sizes them, or takes them away. */
export async function applyCanary(act: WorkloadAct): Promise<void> {
  refuseAnyFencedOff(act);
  const { cluster, rollout, observed, signal } = act;
  if (rollout.desired.canary === 'absent') {
    await removeCanary(cluster, observed, signal);
  } else {
    await sizeCanary(act);
  }
  // After the canary, whose name keeps everybody else from it.
  await applyFreshBaseline(cluster, rollout, observed, signal);
  if (rollout.desired.lock === 'absent') {
    await releaseLock(cluster, observed, signal);
  }
}

/** Holds the floor of the stable's HPA, or gives it its own back. */
export async function applyHpa(act: WorkloadAct): Promise<void> {
  refuseAnyFencedOff(act);
  const { cluster, rollout, observed, signal } = act;
  const { hpa } = observed.objects;
  if (hpa) await holdHpaFloor(cluster, rollout, hpa, signal);
}

function ownStable({ rollout, observed }: WorkloadAct) {
  const { stable } = observed.objects;
  const isOwn = stable?.metadata.uid === rollout.startSnapshot.uid;
  return isOwn ? stable : undefined;
}

function refuseAnyFencedOff(act: WorkloadAct): void {
  const { canary, freshBaseline } = act.observed.objects;
  for (const object of [ownStable(act), canary, freshBaseline]) {
    if (object) refuseFencedOff(act.rollout, object);
  }
}

async function sizeCanary(act: WorkloadAct) {
  const { cluster, rollout, observed, signal } = act;
  const { desired, phase } = rollout;
  const { canary, canaryService } = observed.objects;
  // A canary that somebody deleted is not made anew only to be taken away.
  if (phase !== 'RollingBack') {
    await removeLeftovers(cluster, observed, act.isReached ?? false, signal);
    if (!canary || !canaryService) {
      const lock = await ensureLock(cluster, rollout, observed, act);
      await ensureCanary(cluster, rollout, observed, { ...act, lock });
    }
  }
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
    const lock = lockSeen(observed);
    await createFreshBaseline(cluster, rollout, observed, lock, signal);
  }
  const fenced =
    freshBaseline &&
    (await ensureFence(cluster, rollout, freshBaseline, desired.fence, signal));
  if (fenced) await ensureReplicas(cluster, fenced, desired.replicas, signal);
}
