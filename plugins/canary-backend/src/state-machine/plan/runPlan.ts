import { Change, enterPhase, waitFor } from '../draft';
import { withStepDeadline } from '../holds/deadlines';
import { keepBackgroundAnalysis } from '../analysisRuns/background';
import { Look } from '../decisionInput';
import { gravestHold } from '../holds/holds';
import { isWalking } from './isRunningPlan';
import { waitForShare } from '../exposure/share';
import { walk } from './advancePlan';
import { watch } from './watch';

/**
 * One look at a rollout that walks its plan. What is watched comes first and
 * may hold it or take it back; only without a hold does it walk on.
 */
export function runPlan(change: Change, look: Look): Change {
  const watched = watch(change, look);
  if (!isWalking(watched.next)) return watched;
  const resumed = settleHolds(watched, look);
  const tooLarge = waitForShare(resumed.next, look);
  if (tooLarge) return waitFor(resumed, tooLarge);
  if (resumed.next.phase === 'Paused') return resumed;

  const walked = walk(resumed, look);
  if (!isWalking(walked.next)) return walked;
  return settleHolds(keepBackgroundAnalysis(walked, look), look);
}

/** Brings phase, deadline and what is waited for into line with the holds. */
export function settleHolds(
  change: Change,
  { now }: Pick<Look, 'now'>,
): Change {
  const timed = { ...change, next: withStepDeadline(change.next, now) };
  const hold = gravestHold(timed.next);
  if (!hold) return enterPhase(timed, 'Progressing', now, 'nothing holds it.');
  return waitFor(enterPhase(timed, 'Paused', now, hold.message), {
    reason: hold.reason,
    message: hold.message,
    pace: 'waiting',
  });
}
