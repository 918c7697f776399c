import { asJson } from '../asJson';
import { moveWindows } from '../analysisRuns/analysisRuns';
import { amendDesired, Change, event } from '../draft';
import { describeExposure } from '../../rollout/exposure';
import { Look, scalingIsShift } from '../decisionInput';
import { Target } from '../plan/target';

/** Decides another exposure; nothing is measured until it was read back. */
export function shiftExposure(
  change: Change,
  { exposure, replicas }: Pick<Target, 'exposure' | 'replicas'>,
  look: Look,
): Change {
  const { desired, step } = change.next;
  const shifted = amendDesired(
    change,
    scalingIsShift(look.context) ? { exposure, replicas } : { exposure },
    event(
      'ExposureChanged',
      look.now,
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
    step.deadlineAt ?? look.now + change.next.plan.deadlineMs,
    exposure.weight,
  );
}
