import { isEnded } from 'backstage-plugin-canary-common';
import { RolloutTarget } from '../model';
import { allowedCommands, refusedCommands } from '../state-machine';
import { CanaryStore, StoredRollout } from '../store';
import { RolloutView } from './CanaryService';
import { followUpOf, followUpRefusal, Neighbours } from './followUpGuards';

/**
 * Adds to rollouts what may be asked of them, and why the rest may not. For
 * those that ended it depends on their neighbours: nothing while another one
 * is active, `rollback` only of the workload's latest success. Two queries for
 * each workload of the page.
 */
export async function viewRollouts(
  rollouts: readonly StoredRollout[],
  store: Pick<CanaryStore, 'active' | 'latestSucceeded'>,
): Promise<RolloutView[]> {
  const known = new Map<string, Promise<Neighbours>>();
  const neighboursOf = (target: RolloutTarget) => {
    const { cluster, namespace, kind, name } = target;
    const key = [cluster, namespace, kind, name].join('/');
    const neighbours = known.get(key) ?? readNeighbours(store, target);
    known.set(key, neighbours);
    return neighbours;
  };
  return Promise.all(
    rollouts.map(async stored => {
      const { state } = stored;
      return isEnded(state.phase)
        ? followedUp(stored, await neighboursOf(state.target))
        : {
            stored,
            allowedCommands: allowedCommands(state),
            refusals: refusedCommands(state),
          };
    }),
  );
}

async function readNeighbours(
  store: Pick<CanaryStore, 'active' | 'latestSucceeded'>,
  target: RolloutTarget,
): Promise<Neighbours> {
  const active = await store.active(target);
  return active
    ? { active }
    : { latestSucceeded: await store.latestSucceeded(target) };
}

function followedUp(stored: StoredRollout, around: Neighbours): RolloutView {
  const command = followUpOf(stored.state);
  const refusal = followUpRefusal(stored.state, around);
  return refusal === undefined
    ? { stored, allowedCommands: [command], refusals: {} }
    : { stored, allowedCommands: [], refusals: { [command]: refusal } };
}
