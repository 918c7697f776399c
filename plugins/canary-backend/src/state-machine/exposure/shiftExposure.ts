import { asJson } from '../asJson';
import { moveWindows } from '../analysisRuns/analysisRuns';
import { updateDesired, Draft, event } from '../draft';
import { describeExposure } from '../../rollout/exposure';
import { DecisionInput } from '../decisionInput';
import { shiftRules, Target } from './shifts';

/** Decides another exposure; nothing is measured until it was read back. */
export function shiftExposure(
  draft: Draft,
  target: Pick<Target, 'exposure' | 'replicas'>,
  input: DecisionInput,
): Draft {
  const { desired, step } = draft.next;
  const { exposure, replicas } = target;
  const shifted = updateDesired(
    draft,
    shiftRules(input.context).decided(target),
    event(
      'ExposureChanged',
      input.now,
      `The canary gets ${describeExposure(exposure)}; it had ${describeExposure(
        desired.exposure,
      )}.`,
      {
        from: asJson(desired.exposure),
        to: asJson(exposure),
        step: step.index,
        canaryReplicas: replicas,
      },
    ),
  );
  return moveWindows(
    shifted,
    step.deadlineAt ?? input.now + draft.next.plan.deadlineMs,
    exposure.weight,
  );
}
