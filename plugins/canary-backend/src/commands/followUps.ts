import { Command, isEnded } from 'backstage-plugin-canary-common';
import { RolloutTarget } from '../model';
import { allowedCommands } from '../state-machine';
import { CanaryStore, StoredRollout } from '../store';
import { RolloutView } from './CanaryService';

/** What an ended rollout admits beside its neighbours of the same workload. */
interface Neighbours {
  readonly active?: StoredRollout;
  readonly latestSucceeded?: StoredRollout;
}

/**
 * Adds to rollouts what may be asked of them. For those that ended it depends
 * on their neighbours: nothing while another one is active, `rollback` only of
 * the workload's latest success. Two queries for each workload of the page.
 */
export async function withAllowedCommands(
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
    rollouts.map(async stored => ({
      stored,
      allowedCommands: isEnded(stored.state.phase)
        ? followUps(stored, await neighboursOf(stored.state.target))
        : allowedCommands(stored.state),
    })),
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

function followUps({ state }: StoredRollout, around: Neighbours): Command[] {
  if (around.active) return [];
  const latest = around.latestSucceeded?.state.id === state.id;
  return allowedCommands(state).filter(
    command => command !== 'rollback' || latest,
  );
}
