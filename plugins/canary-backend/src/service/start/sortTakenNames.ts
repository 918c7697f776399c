import { isEnded } from 'backstage-plugin-canary-common';
import { RolloutState, RolloutTarget } from '../../rollout';
import { RolloutStore } from '../../store';
import { Feasibility } from './refusal';

/** A name that is to be ours, and the rollout whose object has it. */
export interface TakenName {
  readonly rolloutId: string;
  /** The object, for messages. */
  readonly what: string;
  /** Why nothing can start unless that rollout has ended; absent where the name is not needed. */
  readonly refusal?: string;
}

/** What telling leftovers from what is in use asks. */
export interface SortTakenNamesDeps {
  readonly store: Pick<RolloutStore, 'get' | 'latest'>;
}

/** Objects of so many of the latest rollouts may still arrive. */
const LATEST = 20;

/**
 * Tells what is left over of rollouts that ended from what somebody uses: a
 * create may arrive after the end of its rollout, and must not refuse every
 * start from then on. Whose end we do not know is somebody's, be it another
 * portal's.
 */
export async function sortTakenNames(
  { store }: SortTakenNamesDeps,
  target: RolloutTarget,
  taken: readonly TakenName[],
): Promise<Feasibility & { readonly endedBefore: readonly string[] }> {
  const latest = await store.latest({ target, limit: LATEST });
  const ended = new Set(
    latest.filter(({ state }) => isEnded(state.phase)).map(one => one.state.id),
  );
  const refusals: string[] = [];
  const warnings: string[] = [];
  for (const { rolloutId, what, refusal } of taken) {
    const known = await store.get(rolloutId);
    if (known && hasEnded(known.state, target)) {
      ended.add(rolloutId);
      warnings.push(
        `${what}, which has ended, is left over; it is removed first.`,
      );
    } else if (refusal) {
      refusals.push(refusal);
    }
  }
  return { refusals, warnings, endedBefore: [...ended] };
}

function hasEnded(
  { phase, target }: RolloutState,
  { cluster, namespace, kind, name }: RolloutTarget,
): boolean {
  return (
    isEnded(phase) &&
    target.cluster === cluster &&
    target.namespace === namespace &&
    target.kind === kind &&
    target.name === name
  );
}
