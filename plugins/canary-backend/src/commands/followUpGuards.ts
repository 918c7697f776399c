import { Command } from 'backstage-plugin-canary-common';
import { RolloutState } from '../model';
import { StoredRollout } from '../store';
import { alreadyActive, stringifyTarget } from './prepareStart';

/** The other rollouts of a workload that a follow-up depends on. */
export interface Neighbours {
  readonly active?: StoredRollout;
  readonly latestSucceeded?: StoredRollout;
}

/** The one command that makes sense of a rollout that ended so. */
export function followUpOf({ phase }: RolloutState): Command {
  return phase === 'RolledBack' ? 'retry' : 'rollback';
}

/** Why a rollout cannot be followed up, as a sentence; undefined where it can. */
export function followUpRefusal(
  state: RolloutState,
  around: Neighbours,
): string | undefined {
  return followUpOf(state) === 'retry'
    ? retryRefusal(state) ?? activeRefusal(around)
    : rollbackRefusal(state, around);
}

/** Why it cannot be tried again, as far as it itself decides. */
export function retryRefusal({
  id,
  phase,
  strategy,
  rollbackOf,
}: RolloutState): string | undefined {
  if (phase !== 'RolledBack') {
    return `Rollout ${id} is ${phase}; only one that was rolled back can be retried`;
  }
  return strategy === 'rollback'
    ? `Rollout ${id} was a rollback of ${rollbackOf}; roll that one back again instead`
    : undefined;
}

/** Why its previous images cannot be put back: something newer would be undone. */
export function rollbackRefusal(
  { id, phase, strategy, target }: RolloutState,
  { active, latestSucceeded: latest }: Neighbours,
): string | undefined {
  if (strategy === 'rollback') {
    return `Rollout ${id} was a rollback itself; start a rollout of the image you want instead`;
  }
  if (active) return activeRefusal({ active });
  return phase === 'Succeeded' && latest?.state.id === id
    ? undefined
    : `Rollout ${id} is not the latest success of ${stringifyTarget(
        target,
      )}; only that one (${
        latest?.state.id ?? 'there is none'
      }) can be rolled back`;
}

function activeRefusal({ active }: Neighbours): string | undefined {
  return active && alreadyActive(active).message;
}
