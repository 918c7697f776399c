import { ObservedObject, RolloutState } from '../../rollout';
import { DecisionInput } from '../decisionInput';
import { RollbackTrigger } from '../teardown/rollBack';

type Check = (
  rollout: RolloutState,
  input: DecisionInput,
) => RollbackTrigger | undefined;

/** Looks for one reason to take a rollout back. */
export interface TriggerCheck extends Check {
  /** What it concludes from the absence of something; while one of them is unknown it says nothing. */
  readonly needs: readonly ObservedObject[];
}

/** A check that rests on what is seen, and on the absence of nothing but `needs`. */
export function triggerCheck(
  needs: readonly ObservedObject[],
  check: Check,
): TriggerCheck {
  return Object.assign(check, { needs });
}
