import { Change, waitFor } from './draft';
import { firstDanger, metricFailed } from './rollbackTriggers';
import { Look } from './decisionInput';
import { rollBack } from './teardown/rollBack';
import { isWalking } from './plan/isRunningPlan';
import { settleHolds } from './plan/runPlan';
import { watchMissingData } from './holds/watchHolds';

/** An unreachable cluster is asked again this soon. */
const UNREACHABLE_MS = 5_000;

/**
 * One look that could not see the cluster: nothing advances. Metrics speak for
 * themselves all the same: a failed one takes the release back, and the hold
 * clock of missing data runs on. Such a decision is carried out as soon as the
 * cluster answers.
 */
export function whileUnreachable(change: Change, look: Look): Change {
  if (change.next.phase !== 'RollingBack') {
    const danger = firstDanger([metricFailed], change.next, look);
    if (danger) return rollBack(change, danger, look);
  }
  const watched = isWalking(change.next)
    ? watchMissingData(change, look)
    : change;
  if (watched.next.phase === 'RollingBack' && watched !== change) {
    return watched;
  }
  const settled = isWalking(watched.next)
    ? settleHolds(watched, look)
    : watched;
  return waitFor(settled, {
    reason: 'ClusterUnreachable',
    message: look.observation.unreachable ?? 'The cluster does not answer.',
    pace: 'waiting',
    checkAt: look.now + UNREACHABLE_MS,
  });
}
