import { isExposed, NO_EXPOSURE } from 'backstage-plugin-canary-common';
import { canaryNameOf } from 'backstage-plugin-canary-node';
import { describeExposure } from '../../rollout/exposure';
import { closeAnalyses } from '../analysisRuns/analysisRuns';
import { asJson } from '../asJson';
import { DecisionInput } from '../decisionInput';
import { Draft, event, update } from '../draft';
import { shiftRules } from '../exposure/shifts';
import { addHold, clearHold, isStepHold } from '../holds/holds';
import { disruptionOf } from './unserved';

/**
 * How long a rollout waits for its pods, and never past its step's deadline. A
 * node that is lost gives its pods up after five minutes, and another one may
 * have to be made.
 */
export const DISRUPTED_GRACE_MS = 600_000;

/**
 * Holds a rollout whose canary pods were all taken away, none of them by its own
 * fault. Nobody is sent to the canary from this commit on, whatever else cannot
 * be seen, and nothing is measured; the step that stood begins anew when the
 * pods are back, so that what it asked for is asked for again.
 */
export function holdDisrupted(draft: Draft, input: DecisionInput): Draft {
  const lost = disruptionOf(draft.next, input);
  // Once too often is a rollback trigger, and those have been asked before.
  if (lost === undefined) return draft;
  const { now } = input;
  const { desired, step, plan, target, disruptions = 0 } = draft.next;
  const canary = canaryNameOf(target.name);
  const deadlineAt = step.deadlineAt ?? now + plan.deadlineMs;

  const quiet = closeAnalyses(
    withoutHoldsOfTheStep(draft, input),
    now,
    'no pod of the canary is left to measure.',
  );
  const lowered = update(
    quiet,
    {
      desired: shiftRules(input.context).lowered(desired),
      step: { index: step.index, startedAt: step.startedAt, deadlineAt },
      disruptions: disruptions + 1,
      freshSince: undefined,
    },
    ...(isExposed(desired.exposure)
      ? [
          event(
            'ExposureChanged',
            now,
            `The canary gets no traffic while its pods are away; it had ${describeExposure(
              desired.exposure,
            )}.`,
            {
              from: asJson(desired.exposure),
              to: asJson(NO_EXPOSURE),
              step: step.index,
              reason: 'Disrupted',
            },
          ),
        ]
      : []),
  );
  return addHold(
    lowered,
    {
      reason: 'Disrupted',
      message: `Every pod of ${canary} was taken away, and none had crashed: ${lost}.`,
      since: now,
      endsBy: 'data',
      until: Math.min(now + DISRUPTED_GRACE_MS, deadlineAt),
    },
    now,
    {
      lost,
      disruptions: disruptions + 1,
      pods: (input.observation.canary?.pods ?? []).map(asJson),
    },
  );
}

/** What the step waited for is waited for anew, and where nobody is, no data is missing. */
function withoutHoldsOfTheStep(draft: Draft, { now }: DecisionInput): Draft {
  const { step, plan } = draft.next;
  const isAtGate = step.index >= plan.steps.length;
  return draft.next.holds
    .filter(
      hold =>
        isStepHold(hold) ||
        // A person was asked to decide about that one, and the gate asks nobody.
        (hold.reason === 'NoData' && (hold.endsBy === 'data' || isAtGate)),
    )
    .reduce(
      (cleared, { reason }) =>
        clearHold(
          cleared,
          reason,
          now,
          'the canary lost its pods, and the step will begin anew.',
        ),
      draft,
    );
}
