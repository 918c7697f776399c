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

/**
 * Takes the measurements that are due, judges them, and says what each open run
 * says now. `measure` never throws: a failing source is a reading too.
 */
export async function observeAnalyses(options: {
  readonly rollout: RolloutState;
  readonly now: Instant;
  readonly judges: readonly Judge[];
  readonly measure: (
    run: AnalysisRun,
    metric: MetricDefinition,
  ) => Promise<Reading>;
}): Promise<AnalysesObservation> {
  const { rollout, now, judges, measure } = options;
  const { metrics: definitions } = rollout.plan;

  const looks = await Promise.all(
    rollout.analyses.map(async run => {
      const due = dueMetrics(run, now).map(metric => definitions[metric]);
      const readings = await Promise.all(
        due.map(definition => measure(run, definition)),
      );
      const judged = readings.map((reading, index) =>
        judgeReading({ reading, definition: due[index], run, judges }),
      );
      return { run: advanceRun(run, judged, definitions, now), judged };
    }),
  );

  return {
    analyses: looks.map(look => look.run),
    conclusions: looks.map(look => concludeRun(look.run, now)),
    measurements: looks.flatMap(look =>
      look.judged.map(({ measurement }) => measurement),
    ),
  };
}
