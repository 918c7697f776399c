import { RolloutState } from '../../rollout';
import { DecisionInput } from '../decisionInput';
import { RollbackTrigger } from '../teardown/rollBack';

/** Looks for one reason to take a rollout back. */
export type TriggerCheck = (
  rollout: RolloutState,
  input: DecisionInput,
) => RollbackTrigger | undefined;

/** The first danger of a list; the order of the list is the order of gravity. */
export function firstTrigger(
  checks: readonly TriggerCheck[],
  rollout: RolloutState,
  input: DecisionInput,
): RollbackTrigger | undefined {
  for (const check of checks) {
    const trigger = check(rollout, input);
    if (trigger) return trigger;
  }
  return undefined;
}
