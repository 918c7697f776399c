import { RunConclusion } from '../../rollout';
import { inputsOf } from '../analysisRuns/analysisRuns';
import { amendStep, Change } from '../draft';
import { asJson } from '../asJson';
import { awaitsFreshData } from '../controllerOutage';
import { addHold, clearHold, holdOf, isStepHold } from './holds';
import { Look } from '../decisionInput';
import { observesOnly } from '../analysisRuns/observing';
import { foreignChange } from '../exposure/verify';
import { rollBack } from '../teardown/rollBack';

/** Holds the rollout while somebody else's change of our share is seen; clears it when it is back. */
export function watchForeignChange(change: Change, look: Look): Change {
  const { now } = look;
  const message = foreignChange(change.next, look);
  if (!message) {
    return clearHold(
      change,
      'ForeignChange',
      now,
      'the route is as we left it.',
    );
  }
  if (holdOf(change.next, 'ForeignChange')) return change;
  return addHold(
    change,
    { reason: 'ForeignChange', message, since: now },
    now,
    { found: asJson(look.observation.traffic) },
  );
}

/**
 * The hold clock of missing data. It starts with the first unusable
 * measurement that was due, runs in every other hold, and at its end the
 * plan's `onNoData` applies, and so it does as soon as a source has failed more
 * often in a row than its metric waits out: back, or wait for a person, whom data that comes
 * back does not send away. At the gate it does: `promote` is refused there,
 * and the gate measures for itself whatever it opens for.
 */
export function watchMissingData(change: Change, look: Look): Change {
  if (observesOnly(change.next)) return change;
  const { now } = look;
  const { plan, analyses } = change.next;
  const { onNoData } = plan;
  const hold = holdOf(change.next, 'NoData');
  const waitsForPerson = hold !== undefined && hold.until === undefined;
  const isAtGate = change.next.step.index >= plan.steps.length;
  if (waitsForPerson && !isAtGate) return change;

  const drought = earliestDrought(
    look.observation.conclusions.filter(({ scope }) =>
      analyses.some(run => run.scope === scope),
    ),
  );
  if (!drought) {
    return clearHold(
      change,
      'NoData',
      now,
      'every metric has usable data again.',
    );
  }
  if (waitsForPerson) return change;
  const { since, conclusion } = drought;
  const until = conclusion.exhausted ? now : since + onNoData.holdMs;
  const stayed = conclusion.exhausted
    ? `Metric ${conclusion.metric} failed more often in a row than it may`
    : `Metric ${conclusion.metric} stayed without usable data for ${
        onNoData.holdMs / 1000
      } s`;
  const held = addHold(
    change,
    {
      reason: 'NoData',
      message: `Metric ${conclusion.metric} has no usable data: ${whyUnusable(
        conclusion,
      )}`,
      since,
      until,
      rollbackAtEnd: onNoData.then === 'rollback' ? true : undefined,
    },
    now,
    inputsOf(conclusion, look),
  );
  if (now < until) return held;
  if (onNoData.then === 'pause') {
    return addHold(
      held,
      {
        reason: 'NoData',
        message: `${stayed}; a person has to decide.`,
        since,
      },
      now,
    );
  }
  return rollBack(
    held,
    {
      reason: conclusion.verdict === 'Error' ? 'MetricsUnavailable' : 'NoData',
      message: `${stayed} (${conclusion.scope}): ${whyUnusable(conclusion)}`,
      data: inputsOf(conclusion, look),
    },
    look,
  );
}

/** Ends what ends by time: a timed pause goes on, a wait with `rollbackAtEnd` goes back. */
export function watchTimedHolds(change: Change, look: Look): Change {
  const { now } = look;
  const over = change.next.holds.find(
    hold => isStepHold(hold) && hold.until !== undefined && now >= hold.until,
  );
  if (!over) return change;
  if (over.rollbackAtEnd) {
    return rollBack(
      change,
      {
        reason: 'DeadlineExceeded',
        message: `Nobody decided in time (${over.reason}): ${over.message}`,
        data: { hold: over.reason, since: new Date(over.since).toISOString() },
      },
      look,
    );
  }
  if (awaitsFreshData(change)) return change;
  return amendStep(clearHold(change, over.reason, now, 'its time is over.'), {
    promoted: true,
  });
}

/** A drought outlives its first usable measurement, whose rule would read like a pass. */
function whyUnusable({ verdict, rule }: RunConclusion): string {
  return verdict === 'NoData' || verdict === 'Error'
    ? rule
    : `its latest measurement is usable again (${rule}), but only two in a row end the wait`;
}

/** The drought that lasts longest, over all runs, after one whose patience is at its end. */
function earliestDrought(conclusions: readonly RunConclusion[]) {
  const droughts = conclusions.flatMap(conclusion =>
    conclusion.unusableSince === undefined
      ? []
      : [{ since: conclusion.unusableSince, conclusion }],
  );
  const isOver = ({ conclusion }: (typeof droughts)[number]) =>
    conclusion.exhausted ? 0 : 1;
  return droughts.sort((a, b) => isOver(a) - isOver(b) || a.since - b.since)[0];
}
