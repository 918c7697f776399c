import { canaryNameOf } from 'backstage-plugin-canary-node';
import { DecisionInput } from '../decisionInput';
import { Draft, update } from '../draft';
import { shiftRules } from '../exposure/shifts';
import { isExposureVerified } from '../exposure/verify';
import { clearHold, holdOf } from '../holds/holds';
import { startedStep } from '../plan/stepEvents';

/**
 * Ends the wait for pods that were taken away, once they are back and nobody was
 * on the canary in between: the step begins anew, with a deadline and with
 * windows of its own.
 */
export function watchDisruption(draft: Draft, input: DecisionInput): Draft {
  if (!holdOf(draft.next, 'Disrupted')) return draft;
  const isBack =
    isExposureVerified(draft.next) &&
    shiftRules(input.context).mayRaise(draft.next, input);
  if (!isBack) return draft;
  const { now } = input;
  const { plan, step, target, disruptions } = draft.next;
  return update(
    clearHold(
      draft,
      'Disrupted',
      now,
      `${canaryNameOf(target.name)} can take its share again.`,
    ),
    {
      step: {
        index: step.index,
        startedAt: now,
        deadlineAt: now + plan.deadlineMs,
      },
    },
    ...startedStep(plan, step.index, now, disruptions),
  );
}
