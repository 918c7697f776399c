import { Draft } from '../draft';
import { DecisionInput } from '../decisionInput';
import { rollBack } from '../teardown/rollBack';

/** Takes a rollout back because its current step cannot be done. */
export function stepFailed(
  draft: Draft,
  message: string,
  input: DecisionInput,
): Draft {
  const { step, plan } = draft.next;
  return rollBack(
    draft,
    {
      reason: 'StepFailed',
      message: `Step ${step.index + 1} failed: ${message}`,
      data: { step: step.index, kind: plan.steps[step.index]?.kind ?? 'gate' },
    },
    input,
  );
}
