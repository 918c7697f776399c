import { Measurement, MetricDefinition } from 'backstage-plugin-canary-common';
import { Judge } from 'backstage-plugin-canary-node';
import { advanceRun, concludeRun, dueMetrics, judgeReading } from '../analysis';
import {
  AnalysisRun,
  Instant,
  Reading,
  RolloutState,
  RunConclusion,
} from '../model';

/** The analysis half of an observation. */
export interface AnalysesObservation {
  readonly analyses: readonly AnalysisRun[];
  readonly conclusions: readonly RunConclusion[];
  readonly measurements: readonly Measurement[];
}

/** One metric of one run that is due. */
interface Due {
  readonly run: AnalysisRun;
  readonly metric: MetricDefinition;
}

/**
 * Takes the measurements that are due, judges them, and says what each open run
 * says now. `measure` gives a reading for each in their order and never
 * rejects: a failing source is a reading too.
 */
export async function observeAnalyses(options: {
  readonly rollout: RolloutState;
  readonly now: Instant;
  readonly judges: readonly Judge[];
  readonly measure: (due: readonly Due[]) => Promise<readonly Reading[]>;
}): Promise<AnalysesObservation> {
  const { rollout, now, judges, measure } = options;
  const { metrics: definitions } = rollout.plan;

  const due = rollout.analyses.flatMap(run =>
    dueMetrics(run, now).map(metric => ({ run, metric: definitions[metric] })),
  );
  const readings = due.length > 0 ? await measure(due) : [];
  const judged = readings.map((reading, index) => {
    const { run, metric: definition } = due[index];
    return judgeReading({ reading, definition, run, judges });
  });
  const analyses = rollout.analyses.map(run =>
    advanceRun(run, judged, definitions, now),
  );

  return {
    analyses,
    conclusions: analyses.map(run => concludeRun(run, now)),
    measurements: judged.map(({ measurement }) => measurement),
  };
}
