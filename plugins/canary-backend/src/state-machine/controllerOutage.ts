import { isExposed } from 'backstage-plugin-canary-common';
import { AnalysisRun, HoldState, Instant } from '../rollout';
import { update, Draft, event } from './draft';
import {
  closeAnalysis,
  OUTAGE,
  moveWindows,
  openAnalysis,
} from './analysisRuns/analysisRuns';
import { isRunningPlan } from './plan/isRunningPlan';
import { DecisionInput } from './decisionInput';
import { observesOnly } from './analysisRuns/observing';

/** A tick so much later than due means that no controller ran. */
export const OUTAGE_MS = 60_000;

/** A draft and the input it is decided on. */
interface Shifted {
  readonly draft: Draft;
  readonly input: DecisionInput;
}

/**
 * Makes up for a time in which no controller ran: deadlines, timed pauses and
 * hold clocks move by its length, since nobody could have used that time, and
 * nothing advances before every metric gave one usable answer from a window
 * that began after it.
 */
export function afterControllerOutage(
  draft: Draft,
  input: DecisionInput,
  requeueAt: Instant,
): Shifted {
  const { now, observation } = input;
  const outageMs = now - requeueAt;
  if (outageMs <= OUTAGE_MS) return { draft, input };

  const later = (at: Instant | undefined) =>
    at === undefined ? undefined : at + outageMs;
  const { next } = draft;
  const moved = update(
    draft,
    {
      phaseDeadlineAt: later(next.phaseDeadlineAt),
      step: {
        ...next.step,
        deadlineAt: later(next.step.deadlineAt),
        readySince: later(next.step.readySince),
      },
      holds: next.holds.map(
        (hold): HoldState => ({ ...hold, until: later(hold.until) }),
      ),
      analyses: next.analyses.map(run => shifted(run, outageMs, now)),
      freshSince: undefined,
    },
    event(
      'ControllerGap',
      now,
      `No controller looked at this rollout for ${Math.round(
        outageMs / 1000,
      )} s; ` + `deadlines and timed pauses move by as much.`,
      { requeueAt: new Date(requeueAt).toISOString(), outageMs },
    ),
  );
  const conclusions = observation.conclusions.map(conclusion => ({
    ...conclusion,
    unusableSince:
      conclusion.unusableSince === undefined
        ? undefined
        : Math.min(now, conclusion.unusableSince + outageMs),
  }));
  const measured = moveWindows(moved, now, next.verified.exposure.weight);
  return {
    draft: askForFreshData(measured, now),
    input: { ...input, observation: { ...observation, conclusions } },
  };
}

/**
 * After a gap every metric must speak before anything advances, also one that
 * no open run measures: a run of its own asks for it until it has spoken.
 * Without users on the canary there is nothing to measure, and where metrics
 * decide nothing there is nothing to wait for.
 */
function askForFreshData(draft: Draft, now: Instant): Draft {
  if (observesOnly(draft.next)) return draft;
  const asked = openSilent(draft, now);
  return update(asked, {
    freshSince: asked.next.analyses.length > 0 ? now : undefined,
  });
}

function openSilent(draft: Draft, now: Instant): Draft {
  const { plan, analyses, verified, desired } = draft.next;
  if (plan.analysis === 'none' || !isRunningPlan(draft.next)) return draft;
  if (!isExposed(verified.exposure) || !isExposed(desired.exposure)) {
    return draft;
  }

  const { metrics, intervalMs, windowMs } = plan.analysis;
  const silent = metrics.filter(
    name => !analyses.some(run => run.metrics.some(m => m.metric === name)),
  );
  if (silent.length === 0) return draft;
  return openAnalysis(
    draft,
    {
      scope: OUTAGE,
      metrics: silent,
      startedAt: now,
      windowFrom: now,
      weight: verified.exposure.weight,
      intervalMs,
      windowMs,
    },
    now,
  );
}

/** Whether nothing may advance yet because no metric spoke since a gap. */
export function awaitsFreshData(draft: Draft): boolean {
  return draft.next.freshSince !== undefined;
}

/** Ends the wait for fresh data once every metric of every run gave some. */
export function noteFreshData(draft: Draft, { now }: DecisionInput): Draft {
  const { freshSince, analyses } = draft.next;
  if (freshSince === undefined) return draft;
  const isFresh = analyses.every(run =>
    run.metrics.every(
      ({ at, usableInARow }) =>
        at !== undefined && at > freshSince && usableInARow > 0,
    ),
  );
  if (!isFresh) return draft;
  return update(
    closeAnalysis(draft, OUTAGE, now, 'every metric has spoken since the gap.'),
    { freshSince: undefined },
    event(
      'Decision',
      now,
      'Every metric has given fresh data since the gap; the rollout goes on.',
      { freshSince: new Date(freshSince).toISOString() },
    ),
  );
}

function shifted(
  run: AnalysisRun,
  outageMs: number,
  now: Instant,
): AnalysisRun {
  return {
    ...run,
    endsAt: run.endsAt === undefined ? undefined : run.endsAt + outageMs,
    metrics: run.metrics.map(state => ({
      ...state,
      unusableSince:
        state.unusableSince === undefined
          ? undefined
          : Math.min(now, state.unusableSince + outageMs),
    })),
  };
}
