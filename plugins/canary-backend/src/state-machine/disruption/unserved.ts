import { isExposed } from 'backstage-plugin-canary-common';
import { RolloutState } from '../../rollout';
import { DecisionInput } from '../decisionInput';
import { shiftRules } from '../exposure/shifts';
import { foreignChange, isExposureVerified } from '../exposure/verify';
import { holdOf } from '../holds/holds';
import { isRunningPlan } from '../plan/isRunningPlan';
import { unknownOf } from '../unseen';
import { takenAway } from './takenAway';

/** So often a rollout waits for its pods; whoever drains more nodes than that is not done. */
export const MAX_DISRUPTIONS = 2;

/** Whether users are sent to a canary that has no ready pod. */
export function isUnserved(
  rollout: RolloutState,
  input: DecisionInput,
): boolean {
  const { canary, traffic } = input.observation;
  if ((canary?.replicas.ready ?? 0) > 0) return false;
  // A sticky session reaches the canary at weight 0 too.
  if (holdOf(rollout, 'Disrupted') && traffic.sticky) return true;
  return (
    shiftRules(input.context).needsReadyPod(rollout, input) &&
    !isBeingLowered(rollout, input)
  );
}

/** Whether nobody is to be sent there any more, and the route does not show it yet. */
export function awaitsZero(rollout: RolloutState): boolean {
  return (
    holdOf(rollout, 'Disrupted') !== undefined && !isExposureVerified(rollout)
  );
}

/**
 * Why the rollout may wait for its pods, in words: they were taken away, and
 * nothing else is wrong. A route that somebody changed is the affair of a
 * rollback, which may write it all the same, and counts who undoes that; so is
 * one whose sticky sessions only lose the canary with its backend.
 */
export function disruptionOf(
  rollout: RolloutState,
  input: DecisionInput,
): string | undefined {
  if (!isRunningPlan(rollout) || !isUnserved(rollout, input)) return undefined;
  const isOurs =
    !holdOf(rollout, 'ForeignChange') &&
    !input.observation.traffic.sticky &&
    (unknownOf(input, 'traffic') !== undefined ||
      foreignChange(rollout, input) === undefined);
  return isOurs ? takenAway(rollout, input) : undefined;
}

/** Whether a rollout has waited for its pods as often as it may. */
export function isSpent({ disruptions = 0 }: RolloutState): boolean {
  return disruptions >= MAX_DISRUPTIONS;
}

function isBeingLowered(rollout: RolloutState, input: DecisionInput): boolean {
  return (
    awaitsZero(rollout) &&
    !isExposed(rollout.desired.exposure) &&
    !shiftRules(input.context).isForeign(rollout, input)
  );
}
