import { RolloutState } from '../../rollout';
import { awaitsZero } from '../disruption/unserved';
import { Draft, enterPhase, Wait, waitFor } from '../draft';
import { withStepDeadline } from '../holds/deadlines';
import { keepBackgroundAnalysis } from '../analysisRuns/background';
import { DecisionInput } from '../decisionInput';
import { gravestHold } from '../holds/holds';
import { isRunningPlan } from './isRunningPlan';
import { waitForShare } from '../exposure/share';
import { advancePlan } from './advancePlan';
import { watch } from './watch';

/**
 * One tick of a rollout that walks its plan. What is watched comes first and
 * may hold it or take it back; only without a hold does it walk on.
 */
export function runPlan(draft: Draft, input: DecisionInput): Draft {
  const watched = watch(draft, input);
  if (!isRunningPlan(watched.next)) return watched;
  const resumed = settleHolds(watched, input);
  const tooLarge = waitForShare(resumed.next, input);
  if (tooLarge) return waitFor(resumed, tooLarge);
  if (awaitsZero(resumed.next)) return waitFor(resumed, zeroOf(resumed.next));
  if (resumed.next.phase === 'Paused') return resumed;

  const advanced = advancePlan(resumed, input);
  if (!isRunningPlan(advanced.next)) return advanced;
  return settleHolds(keepBackgroundAnalysis(advanced, input), input);
}

function zeroOf({ traffic }: RolloutState): Wait {
  return {
    reason: 'LoweringExposure',
    message: `The canary has lost its pods; waiting until the route of ${traffic.stableService} sends nobody to it.`,
    pace: 'working',
  };
}

/** Brings phase, deadline and what is waited for into line with the holds. */
export function settleHolds(
  draft: Draft,
  { now }: Pick<DecisionInput, 'now'>,
): Draft {
  const timed = { ...draft, next: withStepDeadline(draft.next, now) };
  const hold = gravestHold(timed.next);
  if (!hold) return enterPhase(timed, 'Progressing', now, 'nothing holds it.');
  return waitFor(enterPhase(timed, 'Paused', now, hold.message), {
    reason: hold.reason,
    message: hold.message,
    pace: 'waiting',
  });
}
