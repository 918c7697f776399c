import { whyUnseen } from '../rollout';
import { awaitsZero } from './disruption/unserved';
import { Draft, waitFor } from './draft';
import { DecisionInput } from './decisionInput';
import { isRunningPlan } from './plan/isRunningPlan';
import { settleHolds } from './plan/runPlan';
import { watchMissingData } from './holds/watchHolds';
import { isBlind } from './unseen';

/** What was not seen is asked for again this soon. */
const AGAIN_MS = 5_000;

/**
 * One observation that lacks something: nothing advances. Metrics speak for
 * themselves all the same: one that fails took the release back already, and
 * the hold clock of missing data runs on. Such a decision is carried out as
 * soon as the route can be written.
 */
export function whileUnseen(draft: Draft, input: DecisionInput): Draft {
  const watched = isRunningPlan(draft.next)
    ? watchMissingData(draft, input)
    : draft;
  if (watched.next.phase === 'RollingBack' && watched !== draft) {
    return watched;
  }
  const settled = isRunningPlan(watched.next)
    ? settleHolds(watched, input)
    : watched;
  const { unknown = {} } = input.observation;
  return waitFor(settled, {
    reason: isBlind(draft.next) ? 'ClusterUnreachable' : 'NotSeen',
    message: whyUnseen(unknown),
    // Users may be on a canary without pods for as long as its route shows them there.
    pace: awaitsZero(settled.next) ? 'working' : 'waiting',
    requeueAt: input.now + AGAIN_MS,
  });
}
