import { Measurement, VERDICTS, Verdict } from 'backstage-plugin-canary-common';
import {
  AnalysisRun,
  Instant,
  MetricState,
  RunConclusion,
} from '../../rollout';

/** What a metric answers when it is asked; `Exhausted` is one `Error` too many. */
export type Answer = Verdict | 'Growing' | 'Exhausted';

/** What all metrics answer in a run. */
export type Answers = (scope: string, metric: string) => Answer;

/** Runs after the measurements that were due. */
export interface Measured {
  readonly analyses: readonly AnalysisRun[];
  readonly conclusions: readonly RunConclusion[];
  readonly measurements: readonly Measurement[];
}

/** A stand-in for the analysis room: the same bookkeeping, verdicts out of a hat. */
export function measure(
  runs: readonly AnalysisRun[],
  now: Instant,
  answers: Answers,
): Measured {
  const analyses = runs.map(run => {
    const due = run.metrics.some(({ dueAt }) => dueAt <= now);
    if (!due) return run;
    return {
      ...run,
      metrics: run.metrics.map(state =>
        state.dueAt <= now
          ? advanced(state, run, now, answers(run.scope, state.metric))
          : state,
      ),
    };
  });
  return {
    analyses,
    conclusions: analyses.map(run => conclude(run, now, answers)),
    measurements: analyses.flatMap((run, i) =>
      run === runs[i] ? [] : measurementsOf(run, now),
    ),
  };
}

function advanced(
  state: MetricState,
  run: AnalysisRun,
  now: Instant,
  answer: Answer,
): MetricState {
  const verdict = verdictOf(answer);
  const isUsable = verdict !== 'NoData' && verdict !== 'Error';
  const usableInARow = isUsable ? state.usableInARow + 1 : 0;
  const startsDrought = !isUsable && answer !== 'Growing';
  const { unusableSince, ...rest } = state;
  return {
    ...rest,
    dueAt: now + run.intervalMs,
    at: now,
    verdict,
    rule: `the simulation answered ${answer}`,
    counts: { ...state.counts, [verdict]: state.counts[verdict] + 1 },
    usableInARow,
    unusableSince:
      usableInARow < 2 && (startsDrought || unusableSince !== undefined)
        ? unusableSince ?? now
        : undefined,
  };
}

function verdictOf(answer: Answer): Verdict {
  if (answer === 'Growing') return 'NoData';
  return answer === 'Exhausted' ? 'Error' : answer;
}

function conclude(
  run: AnalysisRun,
  now: Instant,
  answers: Answers,
): RunConclusion {
  const verdict =
    VERDICTS.find(one => run.metrics.some(state => state.verdict === one)) ??
    'NoData';
  const decisive = run.metrics.find(state => state.verdict === verdict)!;
  const since = run.metrics.flatMap(({ unusableSince }) => unusableSince ?? []);
  const isDecided = verdict === 'Pass' || verdict === 'Inconclusive';
  const isOver = run.endsAt !== undefined && now >= run.endsAt;
  return {
    scope: run.scope,
    verdict,
    metric: decisive.metric,
    rule: decisive.rule,
    finished: verdict === 'Fail' || (isOver && isDecided),
    unusableSince: since.length > 0 ? Math.min(...since) : undefined,
    growing: run.metrics.some(
      ({ metric }) => answers(run.scope, metric) === 'Growing',
    ),
    exhausted: run.metrics.some(
      ({ metric }) => answers(run.scope, metric) === 'Exhausted',
    ),
  };
}

function measurementsOf(run: AnalysisRun, now: Instant): Measurement[] {
  return run.metrics
    .filter(({ at }) => at === now)
    .map(({ metric, verdict, rule }) => ({
      metric,
      scope: run.scope,
      at: new Date(now).toISOString(),
      window: {
        from: new Date(
          Math.max(run.windowFrom, now - run.windowMs),
        ).toISOString(),
        to: new Date(now).toISOString(),
      },
      weight: run.weight,
      unit: 'percent',
      verdict,
      rule,
      query: metric,
    }));
}
