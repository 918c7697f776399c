import { RolloutState } from '../../rollout';
import { DecisionInput } from '../decisionInput';
import { RollbackTrigger } from '../teardown/rollBack';

/** Looks for one reason to take a rollout back. */
export type TriggerCheck = (
  rollout: RolloutState,
  input: DecisionInput,
) => RollbackTrigger | undefined;
