import { Draft } from '../draft';
import { DecisionInput } from '../decisionInput';
import { promote } from '../promotion/promotion';

/** Nothing has been written, and there is nothing to try: the previous images are put in place at once. */
export function pendingRestore(draft: Draft, input: DecisionInput): Draft {
  const why = 'the previous images are put back.';
  return promote(draft, { cause: 'restore', why }, input);
}
