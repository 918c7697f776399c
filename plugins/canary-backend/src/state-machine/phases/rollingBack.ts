import { Draft, waitFor } from '../draft';
import { end } from '../teardown/ending';
import { DecisionInput } from '../decisionInput';
import { restoreStable } from '../teardown/restoreStable';
import { tearDown } from '../teardown/teardown';

/**
 * Everything is taken back, without a deadline: it ends only when nobody
 * reaches the canary any more, it is proven absent, and a stable that had the
 * new images has its own again.
 */
export function rollingBack(draft: Draft, input: DecisionInput): Draft {
  const restored = restoreStable(draft, input);
  const tornDown = tearDown(restored, input);
  const wait = tornDown.wait ?? restored.wait;
  if (wait) return waitFor(tornDown, wait);
  return end(tornDown, 'RolledBack', input.now);
}
