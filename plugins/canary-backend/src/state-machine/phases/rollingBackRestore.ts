import { updateDesired, Draft, waitFor } from '../draft';
import { DecisionInput } from '../decisionInput';
import { ownStable } from '../promotion/stable';
import { end } from '../teardown/ending';
import { restoreStable } from '../teardown/restoreStable';

/**
 * What was there before the previous images is put back, without a deadline.
 * There is no canary and no share of the route: only the stable carried a fence.
 */
export function rollingBackRestore(draft: Draft, input: DecisionInput): Draft {
  const unfenced = takeFenceOff(restoreStable(draft, input), input);
  return unfenced.wait ? unfenced : end(unfenced, 'RolledBack', input.now);
}

function takeFenceOff(draft: Draft, input: DecisionInput): Draft {
  const { desired } = draft.next;
  const stable = ownStable(draft.next, input);
  if (desired.fence && stable && desired.stable === 'restored') {
    if (stable.fence !== desired.fence) {
      return waitFor(draft, {
        reason: 'FenceNotReadBack',
        message: `Waiting until the Deployment carries the fence ${desired.fence}.`,
        pace: 'working',
      });
    }
  }
  // Kept until the stable is restored, then taken off before the end.
  if (draft.wait) return draft;
  const cleared = desired.fence
    ? updateDesired(draft, { fence: undefined })
    : draft;
  return stable?.fence
    ? waitFor(cleared, {
        reason: 'CleaningUp',
        message: 'Waiting until the fence of the Deployment is gone.',
        pace: 'working',
      })
    : cleared;
}
