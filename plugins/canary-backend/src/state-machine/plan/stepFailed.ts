import { Change } from '../draft';
import { Look } from '../decisionInput';
import { rollBack } from '../teardown/rollBack';

/** Takes a rollout back because its current step cannot be done. */
export function stepFailed(
  change: Change,
  message: string,
  look: Look,
): Change {
  const { step, plan } = change.next;
  return rollBack(
    change,
    {
      reason: 'StepFailed',
      message: `Step ${step.index + 1} failed: ${message}`,
      data: { step: step.index, kind: plan.steps[step.index]?.kind ?? 'gate' },
    },
    look,
  );
}
