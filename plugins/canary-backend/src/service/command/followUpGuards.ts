import { Command } from 'backstage-plugin-canary-common';
import { RolloutState } from '../../rollout';
import { SameWorkloadRollouts } from '../../store';
import { alreadyActive, stringifyTarget } from '../start/workloadRefusals';

/** The one command that makes sense of a rollout that ended so. */
export function followUpOf({ phase }: RolloutState): Command {
  return phase === 'RolledBack' ? 'retry' : 'rollback';
}

/** Why a rollout cannot be followed up, as a sentence; undefined where it can. */
export function followUpRefusal(
  state: RolloutState,
  around: SameWorkloadRollouts,
): string | undefined {
  return followUpOf(state) === 'retry'
    ? retryRefusal(state) ?? activeRefusal(state, around)
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
  state: RolloutState,
  around: SameWorkloadRollouts,
): string | undefined {
  const { id, phase, strategy, target, plan } = state;
  if (plan.observeOnly) {
    return `Rollout ${id} only observed; it released nothing that could be rolled back`;
  }
  if (strategy === 'rollback') {
    return `Rollout ${id} was a rollback itself; start a rollout of the image you want instead`;
  }
  const { active, latestSucceeded } = around;
  if (active) return activeRefusal(state, around);
  return phase === 'Succeeded' && latestSucceeded === id
    ? undefined
    : `Rollout ${id} is not the latest success of ${stringifyTarget(
        target,
      )}; only that one (${
        latestSucceeded ?? 'there is none'
      }) can be rolled back`;
}

function activeRefusal(
  { target }: RolloutState,
  { active }: SameWorkloadRollouts,
): string | undefined {
  return active && alreadyActive({ ...active, target }).message;
}
