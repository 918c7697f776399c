import { Verdict } from 'backstage-plugin-canary-common';
import { AnalysisRun, MetricState } from './analysis';
import { alignUp } from './alignment';
import { Instant } from './rollout';

const NO_COUNTS: Readonly<Record<Verdict, number>> = {
  Pass: 0,
  Fail: 0,
  Inconclusive: 0,
  NoData: 0,
  Error: 0,
};

/** What a metric says before its first measurement in a window. */
const NOT_YET_MEASURED = 'not yet measured in this window';

/**
 * A new run with nothing measured. It begins, and ends, at the next instant
 * that rollouts of its interval share, a tenth of the interval later at most.
 * The first measurement of a metric is due one interval after `windowFrom`, and
 * later by its delay: an earlier one would speak of an almost empty window.
 */
export function openRun(options: {
  /** `background`, `gate`, `gap` (fresh data after a gap) or `step-<index>`. */
  readonly scope: string;
  /** Names of metrics, each once. */
  readonly metrics: readonly string[];
  readonly startedAt: Instant;
  /** Weight verified plus settle; may lie in the future. */
  readonly windowFrom: Instant;
  /** Percent. */
  readonly weight: number;
  readonly intervalMs: number;
  readonly windowMs: number;
  /** By metric, of those whose warm-up or server takes time. */
  readonly delaysMs?: Readonly<Record<string, number>>;
  /** Absent for the background run. */
  readonly endsAt?: Instant;
}): AnalysisRun {
  const { metrics, endsAt, delaysMs = {}, ...asked } = options;
  const windowFrom = alignUp(asked.windowFrom, asked.intervalMs);
  const run = { ...asked, windowFrom };
  return {
    ...run,
    endsAt:
      endsAt === undefined ? undefined : endsAt + windowFrom - asked.windowFrom,
    metrics: metrics.map(metric => ({
      metric,
      dueAt: firstDueAt(run, delaysMs[metric]),
      delayMs: delaysMs[metric] || undefined,
      counts: NO_COUNTS,
      verdict: 'NoData',
      rule: NOT_YET_MEASURED,
      usableInARow: 0,
      errorsInARow: 0,
    })),
  };
}

/**
 * The run after a change of weight, or after a gap without a controller: no
 * window may reach back before `windowFrom`, so every metric earns its verdict
 * anew and its counts start over. The hold clocks keep running (a drought does
 * not end because we moved on), and so do the provider back-off and the
 * judge's memory, which may build on earlier weights.
 */
export function moveWindow(
  run: AnalysisRun,
  from: Instant,
  weight: number,
): AnalysisRun {
  const windowFrom = alignUp(from, run.intervalMs);
  return {
    ...run,
    windowFrom,
    weight,
    metrics: run.metrics.map(state =>
      remeasured(state, firstDueAt({ ...run, windowFrom }, state.delayMs)),
    ),
  };
}

function firstDueAt(
  { windowFrom, intervalMs }: Pick<AnalysisRun, 'windowFrom' | 'intervalMs'>,
  delayMs = 0,
): Instant {
  return alignUp(windowFrom + delayMs, intervalMs) + intervalMs;
}

function remeasured(state: MetricState, dueAt: Instant): MetricState {
  const {
    at: _at,
    lastSample: _sample,
    growing: _growing,
    passesInARow: _passes,
    needsMore: _needs,
    ...kept
  } = state;
  return {
    ...kept,
    dueAt,
    counts: NO_COUNTS,
    verdict: 'NoData',
    rule: NOT_YET_MEASURED,
  };
}
