import { Measurement, MetricDefinition } from 'backstage-plugin-canary-common';
import { Judge } from 'backstage-plugin-canary-node';
import {
  advanceRun,
  concludeRun,
  dueMetrics,
  judgeForRuns,
  memoriesAfter,
  NOTHING_REMEMBERED,
  sharedMetrics,
} from '../../analysis';
import { Registry } from '../../registry';
import {
  AnalysisRun,
  Instant,
  JudgeMemories,
  JudgeMemory,
  Reading,
  RolloutState,
  RunConclusion,
} from '../../rollout';

/** The analysis half of an observation. */
export interface AnalysesObservation {
  readonly analyses: readonly AnalysisRun[];
  readonly conclusions: readonly RunConclusion[];
  readonly measurements: readonly Measurement[];
  /** Absent where no judge's memory is the rollout's. */
  readonly judgeMemories?: JudgeMemories;
}

/** One question of a tick, and the runs that its answer is for. */
interface Due {
  /** Bounds of the window. */
  readonly run: Pick<AnalysisRun, 'windowFrom' | 'windowMs' | 'intervalMs'>;
  readonly metric: MetricDefinition;
  readonly since?: Instant;
  readonly runs: readonly AnalysisRun[];
  readonly memory?: JudgeMemory;
}

/**
 * Takes the measurements that are due, judges them, and says what each open run
 * says now. `measure` gives a reading for each in their order and never
 * rejects: a failing source is a reading too.
 *
 * A metric whose judge remembers the whole rollout is measured once for all
 * runs that ask for it, on from where its last window ended: its evidence is
 * one, and counting a request twice would inflate it.
 */
export async function observeAnalyses(options: {
  readonly rollout: RolloutState;
  readonly now: Instant;
  readonly judges: Registry<Judge>;
  readonly measure: (
    due: readonly Pick<Due, 'run' | 'metric' | 'since'>[],
  ) => Promise<readonly Reading[]>;
}): Promise<AnalysesObservation> {
  const { rollout, now, judges, measure } = options;
  const { metrics: definitions } = rollout.plan;
  const shared = sharedMetrics(definitions, judges);
  const isShared = (metric: string) => shared.has(metric);

  const due = [
    ...dueOfRuns(rollout, now, isShared),
    ...dueOfRollout(rollout, now, isShared),
  ];
  const readings = due.length > 0 ? await measure(due) : [];
  const judged = readings.flatMap((reading, index) => {
    const { runs, metric: definition, memory } = due[index];
    return judgeForRuns({
      reading,
      definition,
      runs: runs.filter(run => reading.window.from >= run.windowFrom),
      judges,
      memory,
      sharing: shared.size,
    });
  });
  const analyses = rollout.analyses.map(run =>
    postponed(advanceRun(run, judged, definitions, now), due, readings, now),
  );

  const judgeMemories = memoriesAfter(rollout.judgeMemories, judged);
  return {
    analyses,
    conclusions: analyses.map(run => concludeRun(run, now, rollout.plan)),
    measurements: judged.map(({ measurement }) => measurement),
    judgeMemories,
  };
}

/** Each metric of each run on its own. */
function dueOfRuns(
  { analyses, plan }: RolloutState,
  now: Instant,
  isShared: (metric: string) => boolean,
): readonly Due[] {
  return analyses.flatMap(run =>
    dueMetrics(run, now)
      .filter(metric => !isShared(metric))
      .map(metric => ({
        run,
        metric: plan.metrics[metric],
        since: run.metrics.find(one => one.metric === metric)?.until,
        runs: [run],
      })),
  );
}

/** Each metric once, for all runs that have it, when one of them asks. */
function dueOfRollout(
  { analyses, plan, judgeMemories = {} }: RolloutState,
  now: Instant,
  isShared: (metric: string) => boolean,
): readonly Due[] {
  const asked = new Set(
    analyses.flatMap(run => dueMetrics(run, now)).filter(isShared),
  );
  return [...asked].map(metric => {
    const runs = analyses.filter(run => has(run, metric));
    const memory = judgeMemories[metric] ?? NOTHING_REMEMBERED;
    return {
      // Nothing is lost where a run begins between two measurements of another.
      run: {
        windowFrom: Math.min(...runs.map(({ windowFrom }) => windowFrom)),
        windowMs: Math.max(...runs.map(({ windowMs }) => windowMs)),
        intervalMs: Math.min(...runs.map(({ intervalMs }) => intervalMs)),
      },
      metric: plan.metrics[metric],
      since: memory.until,
      runs,
      memory,
    };
  });
}

/**
 * A run that the measurement of a shared metric was not for, because its window began
 * before the run, asks again an interval later: sooner, the next window would
 * be too short to hold a scrape.
 */
function postponed(
  run: AnalysisRun,
  due: readonly Due[],
  readings: readonly Reading[],
  now: Instant,
): AnalysisRun {
  const missed = due.flatMap(({ memory, metric }, index) =>
    memory && readings[index].window.from < run.windowFrom ? [metric.name] : [],
  );
  if (!missed.some(metric => has(run, metric))) return run;
  return {
    ...run,
    metrics: run.metrics.map(state =>
      missed.includes(state.metric)
        ? { ...state, dueAt: Math.max(state.dueAt, now + run.intervalMs) }
        : state,
    ),
  };
}

function has(run: AnalysisRun, metric: string): boolean {
  return run.metrics.some(state => state.metric === metric);
}
