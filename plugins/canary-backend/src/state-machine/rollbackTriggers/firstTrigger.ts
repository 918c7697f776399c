import { RolloutState } from '../../rollout';
import { Look } from '../decisionInput';
import { Danger } from '../teardown/rollBack';

/** Looks for one reason to take a rollout back. */
export type DangerCheck = (
  rollout: RolloutState,
  look: Look,
) => Danger | undefined;

/** The first danger of a list; the order of the list is the order of gravity. */
export function firstDanger(
  checks: readonly DangerCheck[],
  rollout: RolloutState,
  look: Look,
): Danger | undefined {
  for (const check of checks) {
    const danger = check(rollout, look);
    if (danger) return danger;
  }
  return undefined;
}
