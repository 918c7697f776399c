import { Draft } from '../draft';
import { DecisionInput } from '../decisionInput';
import { rollOutStable } from '../promotion/rollOutStable';
import { succeed } from '../teardown/ending';

/** The stable gets its previous images. There is no canary to take away, so that its last pod is the end. */
export function promotingRestore(draft: Draft, input: DecisionInput): Draft {
  const rolledOut = rollOutStable(draft, input);
  return rolledOut.next.promotion?.doneAt === undefined
    ? rolledOut
    : succeed(rolledOut, input);
}
