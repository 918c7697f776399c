import { Cluster } from 'backstage-plugin-canary-node';
import { Instant, RolloutState } from '../../rollout';
import {
  lockOf,
  lockOn,
  OwnerReference,
  ownerReferenceTo,
} from '../manifests/lock';
import { WorkloadObservation } from '../observe/observeWorkload';

/** What will not be otherwise at the next try: no right, no such kind, no such object wanted. */
const REFUSED = ['NotAllowedError', 'NotFoundError', 'InputError'];

/** So long anything else that keeps the lock from being made is taken for weather. */
const PATIENCE_MS = 5_000;

/** The lock that what was seen belongs to; undefined where nothing of it has one. */
export function lockSeen({
  objects: { lock, canary, canaryService },
}: Pick<WorkloadObservation, 'objects'>): OwnerReference | undefined {
  if (lock) return ownerReferenceTo(lock);
  return lockOn(canary) ?? lockOn(canaryService);
}

/**
 * Makes the rollout's lock where it is missing: the first of its objects, for
 * the others name it as their owner. A cluster that has no Leases, or does not
 * let us have one, does not keep the rollout from going on without.
 *
 * @returns how the objects that are made next name it; undefined where they have to do without
 * @throws what kept it from being made, which may pass, for the first seconds of a phase
 */
export async function ensureLock(
  cluster: Cluster,
  rollout: RolloutState,
  observed: WorkloadObservation,
  options: { readonly at?: Instant; readonly signal?: AbortSignal },
): Promise<OwnerReference | undefined> {
  // Rollouts of before there were locks go on without.
  if (rollout.desired.lock !== 'present') return undefined;
  const seen = lockSeen(observed);
  if (seen) return seen;
  const { at = rollout.phaseSince, signal } = options;
  try {
    return ownerReferenceTo(await cluster.create(lockOf(rollout), signal));
  } catch (error) {
    signal?.throwIfAborted();
    const isRefused = REFUSED.includes((error as Error).name);
    if (isRefused || at - rollout.phaseSince >= PATIENCE_MS) return undefined;
    throw error;
  }
}
