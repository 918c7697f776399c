import { RunConclusion } from '../../rollout';
import { inputsOf } from '../analysisRuns/analysisRuns';
import { updateStep, Draft } from '../draft';
import { asJson } from '../asJson';
import { awaitsFreshData } from '../controllerOutage';
import { addHold, clearHold, holdOf } from './holds';
import { DecisionInput } from '../decisionInput';
import { observesOnly } from '../analysisRuns/observing';
import { foreignChange } from '../exposure/verify';
import { rollBack } from '../teardown/rollBack';

/** Holds the rollout while somebody else's change of our share is seen; clears it when it is back. */
export function watchForeignChange(draft: Draft, input: DecisionInput): Draft {
  const { now } = input;
  const message = foreignChange(draft.next, input);
  if (!message) {
    return clearHold(
      draft,
      'ForeignChange',
      now,
      'the route is as we left it.',
    );
  }
  if (holdOf(draft.next, 'ForeignChange')) return draft;
  return addHold(
    draft,
    // The deadline of the step runs on, and takes the rollout back.
    { reason: 'ForeignChange', message, since: now, endsBy: 'rollback' },
    now,
    { found: asJson(input.observation.traffic) },
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
export function watchMissingData(draft: Draft, input: DecisionInput): Draft {
  if (observesOnly(draft.next)) return draft;
  const { now } = input;
  const { plan, analyses } = draft.next;
  const { onNoData } = plan;
  const hold = holdOf(draft.next, 'NoData');
  const isForPerson = hold?.endsBy === 'person';
  const isAtGate = draft.next.step.index >= plan.steps.length;
  if (isForPerson && !isAtGate) return draft;

  const drought = earliestDrought(
    input.observation.conclusions.filter(({ scope }) =>
      analyses.some(run => run.scope === scope),
    ),
  );
  if (!drought) {
    return clearHold(
      draft,
      'NoData',
      now,
      'every metric has usable data again.',
    );
  }
  if (isForPerson) return draft;
  const { since, conclusion } = drought;
  const until = conclusion.exhausted ? now : since + onNoData.holdMs;
  const stayed = conclusion.exhausted
    ? `Metric ${conclusion.metric} failed more often in a row than it may`
    : `Metric ${conclusion.metric} stayed without usable data for ${
        onNoData.holdMs / 1000
      } s`;
  const held = addHold(
    draft,
    {
      reason: 'NoData',
      message: `Metric ${conclusion.metric} has no usable data: ${whyUnusable(
        conclusion,
      )}`,
      since,
      endsBy: 'data',
      until,
    },
    now,
    inputsOf(conclusion, input),
  );
  if (now < until) return held;
  if (onNoData.then === 'pause') {
    return addHold(
      held,
      {
        reason: 'NoData',
        message: `${stayed}; a person has to decide.`,
        since,
        endsBy: 'person',
      },
      now,
    );
  }
  return rollBack(
    held,
    {
      reason: conclusion.verdict === 'Error' ? 'MetricsUnavailable' : 'NoData',
      message: `${stayed} (${conclusion.scope}): ${whyUnusable(conclusion)}`,
      data: inputsOf(conclusion, input),
    },
    input,
  );
}

/**
 * Ends what is over at its `until`: what ends by time goes on, what nobody
 * ended goes back. Missing data has its own clock.
 */
export function watchTimedHolds(draft: Draft, input: DecisionInput): Draft {
  const { now } = input;
  const over = draft.next.holds.find(
    ({ endsBy, until }) =>
      (endsBy === 'time' || endsBy === 'rollback') &&
      until !== undefined &&
      now >= until,
  );
  if (!over) return draft;
  if (over.endsBy === 'rollback') {
    return rollBack(
      draft,
      {
        reason: 'DeadlineExceeded',
        message: `Nobody decided in time (${over.reason}): ${over.message}`,
        data: { hold: over.reason, since: new Date(over.since).toISOString() },
      },
      input,
    );
  }
  if (awaitsFreshData(draft)) return draft;
  return updateStep(clearHold(draft, over.reason, now, 'its time is over.'), {
    holdEnded: { by: 'time' },
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
