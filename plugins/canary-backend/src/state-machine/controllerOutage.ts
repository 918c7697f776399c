import { isExposed } from 'backstage-plugin-canary-common';
import { AnalysisRun, HoldState, Instant } from '../rollout';
import { amend, Change, event } from './draft';
import {
  closeAnalysis,
  GAP,
  moveWindows,
  openAnalysis,
} from './analysisRuns/analysisRuns';
import { isWalking } from './plan/isRunningPlan';
import { Look } from './decisionInput';
import { observesOnly } from './analysisRuns/observing';

/** A look so much later than due means that no controller ran. */
export const GAP_MS = 60_000;

/** A change and the look it is decided on. */
interface Shifted {
  readonly change: Change;
  readonly look: Look;
}

/**
 * Makes up for a time in which no controller ran: deadlines, timed pauses and
 * hold clocks move by its length, since nobody could have used that time, and
 * nothing advances before every metric gave one usable answer from a window
 * that began after it.
 */
export function overGap(change: Change, look: Look, dueAt: Instant): Shifted {
  const { now, observation } = look;
  const gapMs = now - dueAt;
  if (gapMs <= GAP_MS) return { change, look };

  const later = (at: Instant | undefined) =>
    at === undefined ? undefined : at + gapMs;
  const { next } = change;
  const moved = amend(
    change,
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
      analyses: next.analyses.map(run => shifted(run, gapMs, now)),
      freshSince: undefined,
    },
    event(
      'ControllerGap',
      now,
      `No controller looked at this rollout for ${Math.round(
        gapMs / 1000,
      )} s; ` + `deadlines and timed pauses move by as much.`,
      { dueAt: new Date(dueAt).toISOString(), gapMs },
    ),
  );
  const conclusions = observation.conclusions.map(conclusion => ({
    ...conclusion,
    unusableSince:
      conclusion.unusableSince === undefined
        ? undefined
        : Math.min(now, conclusion.unusableSince + gapMs),
  }));
  const measured = moveWindows(moved, now, next.verified.exposure.weight);
  return {
    change: askForFreshData(measured, now),
    look: { ...look, observation: { ...observation, conclusions } },
  };
}

/**
 * After a gap every metric must speak before anything advances, also one that
 * no open run measures: a run of its own asks for it until it has spoken.
 * Without users on the canary there is nothing to measure, and where metrics
 * decide nothing there is nothing to wait for.
 */
function askForFreshData(change: Change, now: Instant): Change {
  if (observesOnly(change.next)) return change;
  const asked = openSilent(change, now);
  return amend(asked, {
    freshSince: asked.next.analyses.length > 0 ? now : undefined,
  });
}

function openSilent(change: Change, now: Instant): Change {
  const { plan, analyses, verified } = change.next;
  if (plan.analysis === 'none' || !isWalking(change.next)) return change;
  if (!isExposed(verified.exposure)) return change;

  const { metrics, intervalMs, windowMs } = plan.analysis;
  const silent = metrics.filter(
    name => !analyses.some(run => run.metrics.some(m => m.metric === name)),
  );
  if (silent.length === 0) return change;
  return openAnalysis(
    change,
    {
      scope: GAP,
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
export function awaitsFreshData(change: Change): boolean {
  return change.next.freshSince !== undefined;
}

/** Ends the wait for fresh data once every metric of every run gave some. */
export function noteFreshData(change: Change, { now }: Look): Change {
  const { freshSince, analyses } = change.next;
  if (freshSince === undefined) return change;
  const isFresh = analyses.every(run =>
    run.metrics.every(
      ({ at, usableInARow }) =>
        at !== undefined && at > freshSince && usableInARow > 0,
    ),
  );
  if (!isFresh) return change;
  return amend(
    closeAnalysis(change, GAP, now, 'every metric has spoken since the gap.'),
    { freshSince: undefined },
    event(
      'Decision',
      now,
      'Every metric has given fresh data since the gap; the rollout goes on.',
      { freshSince: new Date(freshSince).toISOString() },
    ),
  );
}

function shifted(run: AnalysisRun, gapMs: number, now: Instant): AnalysisRun {
  return {
    ...run,
    endsAt: run.endsAt === undefined ? undefined : run.endsAt + gapMs,
    metrics: run.metrics.map(state => ({
      ...state,
      unusableSince:
        state.unusableSince === undefined
          ? undefined
          : Math.min(now, state.unusableSince + gapMs),
    })),
  };
}
