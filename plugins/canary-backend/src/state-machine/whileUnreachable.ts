import { Draft, waitFor } from './draft';
import { DecisionInput } from './decisionInput';
import { isRunningPlan } from './plan/isRunningPlan';
import { settleHolds } from './plan/runPlan';
import { watchMissingData } from './holds/watchHolds';

/** An unreachable cluster is asked again this soon. */
const UNREACHABLE_MS = 5_000;

/**
 * One look that could not see the cluster: nothing advances. Metrics speak for
 * themselves all the same: one that fails took the release back already, and
 * the hold clock of missing data runs on. Such a decision is carried out as
 * soon as the cluster answers.
 */
export function whileUnreachable(draft: Draft, input: DecisionInput): Draft {
  const watched = isRunningPlan(draft.next)
    ? watchMissingData(draft, input)
    : draft;
  if (watched.next.phase === 'RollingBack' && watched !== draft) {
    return watched;
  }
  const settled = isRunningPlan(watched.next)
    ? settleHolds(watched, input)
    : watched;
  return waitFor(settled, {
    reason: 'ClusterUnreachable',
    message: input.observation.unreachable ?? 'The cluster does not answer.',
    pace: 'waiting',
    requeueAt: input.now + UNREACHABLE_MS,
  });
}
