import { isExposed } from 'backstage-plugin-canary-common';
import { guardWrites } from '../../kubernetes';
import { Ownership, RolloutState } from '../../rollout';
import {
  isTakingBack,
  keepsUsersOff,
  lacksSight,
  mayWrite,
} from '../../state-machine';
import { applyTraffic } from '../../traffic';
import {
  applyCanary,
  applyHpa,
  applyStable,
  applyWorkload,
  lockSeen,
} from '../../workload';
import { attemptAll } from './attemptAll';
import { ClusterObserved } from './observe';

/** What of an observation is written on. */
interface Applied extends Pick<ClusterObserved, 'cluster'> {
  readonly observation: Pick<ClusterObserved['observation'], 'unknown'> &
    Partial<Pick<ClusterObserved['observation'], 'at'>>;
}

/**
 * Brings the cluster to the committed desired state: pods before traffic when
 * exposure rises, traffic before pods when it falls. Safe to repeat, safe to
 * leave half done.
 *
 * Where everything is taken back, the route and the stable's images never wait
 * for each other, and the canary goes once the route was written. A canary that
 * lost its pods loses its users first, and that needs the route alone. Otherwise
 * nothing is written while anything that the rollout goes by is unknown.
 *
 * Just before each write the replica proves its lease, and before one that goes
 * forward that the row is still the one of the decision: an abort elsewhere may
 * have come since.
 *
 * @throws ConflictError when the cluster changed since it was observed: the tick ends
 */
export async function apply(
  rollout: RolloutState,
  { cluster: seen, observation }: Applied,
  ownership: Ownership,
  signal: AbortSignal,
): Promise<void> {
  if (!seen || !mayWrite(rollout)) return;
  const { router, workload, traffic: observed } = seen;
  const cluster = guardWrites(seen.cluster, async () => {
    if (!isTakingBack(rollout)) await ownership.confirm();
    signal.throwIfAborted();
    ownership.assertProven();
  });
  const act = {
    cluster,
    rollout,
    observed: workload,
    signal,
    at: observation.at,
    keepServiceLabels: router.scaling !== undefined,
    // Where pods are the traffic, to take them away is what takes users off.
    isReached:
      !router.scaling &&
      observed !== undefined &&
      isExposed(observed.observation.exposure),
  };
  // A restore makes no canary: whatever the route says of one is somebody else's,
  // and a fence there would have nobody to take it off.
  const hasShare = rollout.strategy === 'canary';
  const writeRoute = async () => {
    if (!hasShare || !observed) return;
    await applyTraffic(
      { cluster, router, rollout, observed, owner: lockSeen(workload) },
      signal,
    );
  };

  if (!isTakingBack(rollout)) {
    const isSeen = !lacksSight(rollout, observation);
    if (keepsUsersOff(rollout)) {
      await attemptAll(writeRoute, async () => {
        if (isSeen) await applyWorkload(act);
      });
      return;
    }
    if (!isSeen) return;
    await applyWorkload(act);
    await writeRoute();
    return;
  }
  const takeTrafficThenCanary = async () => {
    if (!observed) return;
    await writeRoute();
    await attemptAll(
      () => applyCanary(act),
      () => applyHpa(act),
    );
  };
  await attemptAll(takeTrafficThenCanary, () => applyStable(act));
}
