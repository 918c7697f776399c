import { RolloutState } from '../../rollout';
import { DecisionInput } from '../decisionInput';
import { RollbackTrigger } from '../teardown/rollBack';
import { triggersOf } from './triggersOf';

/** The gravest reason to take the rollout back that this observation shows. */
export function firstTrigger(
  rollout: RolloutState,
  input: DecisionInput,
): RollbackTrigger | undefined {
  for (const check of triggersOf(rollout, input.observation)) {
    const trigger = check(rollout, input);
    if (trigger) return trigger;
  }
  return undefined;
}
