import { isExposed } from 'backstage-plugin-canary-common';
import { closeAnalyses } from '../analysisRuns/analysisRuns';
import { amend, Change, event, waitFor } from '../draft';
import {
  canaryCrashLooping,
  deadlineExceeded,
  firstDanger,
  imageChanged,
  metricFailed,
  noReadyCanary,
  promotionReverted,
  stableChanged,
  workloadDeleted,
} from '../rollbackTriggers';
import { describeExposure } from '../../rollout/exposure';
import { Look } from '../decisionInput';
import { loweredToZero } from '../teardown/lowering';
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
import { windDown } from '../teardown/teardown';

const DANGERS = [
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
const DANGERS_OF_ROLLBACK = [
  workloadDeleted,
  promotionReverted,
  stableChanged,
  deadlineExceeded,
];

/** The new version is everywhere: only what touches the stable still matters. */
const DANGERS_AFTERWARDS = [workloadDeleted, promotionReverted];

/**
 * The stable gets the canary's images while the weight stays. Once every pod
 * of it is new and available, traffic leaves the canary and it is taken away.
 */
export function promoting(change: Change, look: Look): Change {
  const isDone = change.next.promotionDoneAt !== undefined;
  const dangers =
    change.next.strategy === 'rollback' ? DANGERS_OF_ROLLBACK : DANGERS;
  const danger = firstDanger(
    isDone ? DANGERS_AFTERWARDS : dangers,
    change.next,
    look,
  );
  if (danger) return rollBack(change, danger, look);

  const rolledOut = isDone ? change : rollOut(change, look);
  if (rolledOut.next.promotionDoneAt === undefined) return rolledOut;
  if (rolledOut.next.strategy === 'rollback') return succeed(rolledOut, look);
  if (!isDone) return rolledOut;

  const wound = windDown(rolledOut, look);
  return wound.wait ? wound : succeed(wound, look);
}

function rollOut(change: Change, look: Look): Change {
  const { now } = look;
  const { images, target, strategy } = change.next;
  const stable = ownStable(change.next, look);
  const isPatched = stable !== undefined && runsImages(stable, images.canary);
  const noted =
    isPatched && change.next.promotedSince === undefined
      ? amend(change, { promotedSince: now })
      : change;

  if (isPatched && isFullyRolledOut(stable))
    return takeTrafficBack(noted, look);
  const trouble =
    strategy === 'canary' ? foreignChange(noted.next, look) : undefined;
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

function takeTrafficBack(change: Change, look: Look): Change {
  const { now, context } = look;
  const { desired, target } = change.next;
  const observes = observesOnly(change.next);
  const done = amend(
    closeAnalyses(change, now, 'the stable runs the new version.'),
    {
      promotionDoneAt: now,
      // What is left only removes the canary; taking the release back for it would harm.
      phaseDeadlineAt: undefined,
      desired: loweredToZero(desired, context),
    },
    event(
      'Decision',
      now,
      observes
        ? `Deployment ${target.name} was observed beside itself and stays as it is.`
        : `Every pod of Deployment ${target.name} runs the new version and is available.`,
      {
        decision: observes ? 'observed' : 'promoted',
        images: change.next.images.canary,
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
