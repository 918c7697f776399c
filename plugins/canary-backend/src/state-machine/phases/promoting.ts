import { isExposed } from 'backstage-plugin-canary-common';
import { closeAnalyses } from '../analysisRuns/analysisRuns';
import { update, updatePromotion, Draft, event, waitFor } from '../draft';
import {
  canaryCrashLooping,
  deadlineExceeded,
  firstTrigger,
  imageChanged,
  metricFailed,
  noReadyCanary,
  promotionReverted,
  stableChanged,
  workloadDeleted,
} from '../rollbackTriggers';
import { describeExposure } from '../../rollout/exposure';
import { DecisionInput } from '../decisionInput';
import { shiftRules } from '../exposure/shifts';
import { observesOnly } from '../analysisRuns/observing';
import { foreignChange } from '../exposure/verify';
import { rollBack } from '../teardown/rollBack';
import {
  describeRollingOut,
  isFullyRolledOut,
  ownStable,
  runsImages,
} from '../promotion/stable';
import { succeed } from '../teardown/ending';
import { tearDown } from '../teardown/teardown';

const TRIGGERS = [
  workloadDeleted,
  promotionReverted,
  stableChanged,
  metricFailed,
  noReadyCanary,
  canaryCrashLooping,
  imageChanged,
  deadlineExceeded,
];

/** A rollback has no canary: what has its name, and its share, is somebody else's. */
const TRIGGERS_OF_ROLLBACK = [
  workloadDeleted,
  promotionReverted,
  stableChanged,
  deadlineExceeded,
];

/** The new version is everywhere: only what touches the stable still matters. */
const TRIGGERS_AFTERWARDS = [workloadDeleted, promotionReverted];

/**
 * The stable gets the canary's images while the weight stays. Once every pod
 * of it is new and available, traffic leaves the canary and it is taken away.
 */
export function promoting(draft: Draft, input: DecisionInput): Draft {
  const isDone = draft.next.promotion?.doneAt !== undefined;
  const dangers =
    draft.next.strategy === 'rollback' ? TRIGGERS_OF_ROLLBACK : TRIGGERS;
  const trigger = firstTrigger(
    isDone ? TRIGGERS_AFTERWARDS : dangers,
    draft.next,
    input,
  );
  if (trigger) return rollBack(draft, trigger, input);

  const rolledOut = isDone ? draft : rollOut(draft, input);
  if (rolledOut.next.promotion?.doneAt === undefined) return rolledOut;
  if (rolledOut.next.strategy === 'rollback') return succeed(rolledOut, input);
  if (!isDone) return rolledOut;

  const tornDown = tearDown(rolledOut, input);
  return tornDown.wait ? tornDown : succeed(tornDown, input);
}

function rollOut(draft: Draft, input: DecisionInput): Draft {
  const { now } = input;
  const { images, target, strategy, promotion } = draft.next;
  const stable = ownStable(draft.next, input);
  const isPatched = stable !== undefined && runsImages(stable, images.canary);
  const noted = isPatched
    ? updatePromotion(draft, { seenAt: promotion?.seenAt ?? now })
    : draft;

  if (isPatched && isFullyRolledOut(stable))
    return takeTrafficBack(noted, input);
  const trouble =
    strategy === 'canary' ? foreignChange(noted.next, input) : undefined;
  if (trouble) {
    return waitFor(noted, {
      reason: 'ForeignChange',
      message: trouble,
      pace: 'working',
    });
  }
  return waitFor(noted, {
    reason: 'StableRollingOut',
    message: `Deployment ${target.name}: ${
      isPatched ? describeRollingOut(stable) : 'the new images are being put in'
    }.`,
    pace: 'working',
  });
}

function takeTrafficBack(draft: Draft, input: DecisionInput): Draft {
  const { now, context } = input;
  const { desired, target } = draft.next;
  const observes = observesOnly(draft.next);
  const done = update(
    updatePromotion(
      closeAnalyses(draft, now, 'the stable runs the new version.'),
      { doneAt: now },
    ),
    {
      // What is left only removes the canary; taking the release back for it would harm.
      phaseDeadlineAt: undefined,
      desired: shiftRules(context).lowered(desired),
    },
    event(
      'Decision',
      now,
      observes
        ? `Deployment ${target.name} was observed beside itself and stays as it is.`
        : `Every pod of Deployment ${target.name} runs the new version and is available.`,
      {
        decision: observes ? 'observed' : 'promoted',
        images: draft.next.images.canary,
      },
    ),
    ...(isExposed(desired.exposure)
      ? [
          event(
            'ExposureChanged',
            now,
            `All traffic goes to the stable again; the canary had ${describeExposure(
              desired.exposure,
            )}.`,
            { weight: 0 },
          ),
        ]
      : []),
  );
  return waitFor(done, {
    reason: 'LoweringExposure',
    message: 'Traffic goes back to the stable, which runs the new version.',
    pace: 'working',
  });
}
