import { isEnded } from 'backstage-plugin-canary-common';
import { allowedCommands, refusedCommands } from '../../state-machine';
import { SameWorkloadRollouts, StoredRollout } from '../../store';
import { RolloutView } from '../CanaryService';
import { followUpOf, followUpRefusal } from '../command/followUpGuards';

/**
 * Adds to rollouts what may be asked of them, and why the rest may not. For
 * those that ended it depends on their neighbours: nothing while another one
 * is active, `rollback` only of the workload's latest success.
 */
export async function viewRollouts(
  rollouts: readonly StoredRollout[],
  readSameWorkloadRollouts: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, SameWorkloadRollouts>>,
): Promise<RolloutView[]> {
  const sameWorkloadRollouts = await readSameWorkloadRollouts(
    rollouts
      .filter(({ state }) => isEnded(state.phase))
      .map(({ state }) => state.id),
  );
  return rollouts.map(stored => {
    const { state } = stored;
    return isEnded(state.phase)
      ? followedUp(stored, sameWorkloadRollouts.get(state.id) ?? {})
      : {
          stored,
          allowedCommands: allowedCommands(state),
          refusals: refusedCommands(state),
        };
  });
}

function followedUp(
  stored: StoredRollout,
  around: SameWorkloadRollouts,
): RolloutView {
  const command = followUpOf(stored.state);
  const refusal = followUpRefusal(stored.state, around);
  return refusal === undefined
    ? { stored, allowedCommands: [command], refusals: {} }
    : { stored, allowedCommands: [], refusals: { [command]: refusal } };
}
