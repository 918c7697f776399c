import { Plan, VERDICTS } from 'backstage-plugin-canary-common';
import {
  AnalysisRun,
  Instant,
  MetricState,
  RunConclusion,
} from '../../rollout';
import { scoreRun } from '../kayenta';

/** What decides: a metric, or the score of several. */
type Voice = Pick<MetricState, 'metric' | 'verdict' | 'rule'>;

/**
 * What a run says as a whole at `now`. A `Fail` finishes it at once; else it is
 * over at `endsAt`, but only when every metric has reached `Pass`, `Fail` or
 * `Inconclusive` in the present window: a run with missing data goes on until
 * the data comes back or the hold clock ends it, and one that lacks only
 * measurements until it has them or its deadline ends it. A step's run is over
 * earlier when every metric has passed for good; the gate always takes its time.
 * Where the plan asks for a score, it speaks for the metrics that it is made of.
 */
export function concludeRun(
  run: AnalysisRun,
  now: Instant,
  plan?: Pick<Plan, 'analysis' | 'metrics'>,
): RunConclusion {
  const gravest = gravestOf(voicesOf(run.metrics, plan));
  const droughts = run.metrics.flatMap(({ unusableSince }) =>
    unusableSince === undefined ? [] : [unusableSince],
  );
  const ended = run.endsAt !== undefined && now >= run.endsAt;
  const isStep = run.scope.startsWith('step-');
  const settled = isStep && run.metrics.every(one => one.settled === true);
  return {
    scope: run.scope,
    verdict: gravest?.verdict ?? 'NoData',
    metric: gravest?.metric ?? '',
    rule: gravest?.rule ?? 'the run has no metrics',
    finished:
      gravest?.verdict === 'Fail' ||
      ((ended || settled) &&
        run.metrics.length > 0 &&
        run.metrics.every(isDecided)),
    unusableSince: droughts.length > 0 ? Math.min(...droughts) : undefined,
    growing: run.metrics.some(state => state.growing === true),
    exhausted: run.metrics.some(state => state.exhausted) || undefined,
  };
}

/** A scored metric has a voice of its own only while its data is missing. */
function voicesOf(
  metrics: readonly MetricState[],
  plan: Pick<Plan, 'analysis' | 'metrics'> | undefined,
): readonly Voice[] {
  const policy = plan?.analysis === 'none' ? undefined : plan?.analysis.score;
  const score = policy && scoreRun(metrics, plan!.metrics, policy);
  if (!score) return metrics;
  const own = metrics.filter(
    ({ metric, verdict }) =>
      !score.metrics.includes(metric) ||
      verdict === 'NoData' ||
      verdict === 'Error',
  );
  return [...own, { metric: 'score', ...score }];
}

/** The one whose verdict comes first in the merging order. */
function gravestOf(voices: readonly Voice[]): Voice | undefined {
  return VERDICTS.flatMap(verdict =>
    voices.filter(voice => voice.verdict === verdict),
  )[0];
}

function isDecided({ verdict, at, needsMore }: MetricState): boolean {
  return (
    at !== undefined &&
    needsMore !== true &&
    verdict !== 'NoData' &&
    verdict !== 'Error'
  );
}
