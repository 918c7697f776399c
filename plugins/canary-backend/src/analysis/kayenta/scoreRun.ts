import { MetricDefinition, ScorePolicy } from 'backstage-plugin-canary-common';
import { MetricState } from '../../rollout';
import { KayentaLabel } from './classifyMetric';
import { scoreCanary, ScoredMetric } from './scoreCanary';
import { scoreVerdict } from './scoreVerdict';

/** What the metrics of the `kayenta` judge say together. */
export interface RunScore {
  /** Names of the metrics that the score speaks for. */
  readonly metrics: readonly string[];
  readonly verdict: 'Pass' | 'Inconclusive' | 'Fail';
  readonly rule: string;
}

/**
 * The score of a run; undefined where no metric of it is scored. Undecided until
 * every metric has been classified: a score of half the metrics would promise
 * what the others may take back.
 */
export function scoreRun(
  states: readonly MetricState[],
  definitions: Readonly<Record<string, MetricDefinition>>,
  policy: ScorePolicy,
): RunScore | undefined {
  const members = states.filter(
    ({ metric }) => definitions[metric]?.judge.kind === 'kayenta',
  );
  if (members.length === 0) return undefined;
  const metrics = members.map(({ metric }) => metric);
  const classified = members.flatMap(state => {
    const scored = asScored(state, definitions[state.metric]);
    return scored ? [scored] : [];
  });
  if (classified.length < members.length) {
    return {
      metrics,
      verdict: 'Inconclusive',
      rule: `${classified.length} of ${members.length} metrics can be scored yet`,
    };
  }
  const result = scoreCanary(classified, policy.groupWeights);
  const verdict = scoreVerdict(result.score, policy);
  const groups = result.groups.map(({ name, score }) => `${name} ${score}`);
  const why = [...(result.reason ? [result.reason] : []), ...groups].join(', ');
  return { metrics, verdict, rule: `${limit(result.score, policy)} (${why})` };
}

function limit(score: number, { pass, marginal }: ScorePolicy): string {
  if (score >= pass) return `Score ${score} reaches ${pass}`;
  return score >= marginal
    ? `Score ${score} reaches ${marginal}, and ${pass} is asked for`
    : `Score ${score} is below ${marginal}`;
}

/** How the judge classified it last; undefined while it has too few points. */
function asScored(
  { judgeState }: MetricState,
  { judge: { params } }: MetricDefinition,
): ScoredMetric | undefined {
  const label = judgeState?.label as KayentaLabel | undefined;
  if (label === undefined) return undefined;
  return {
    label,
    critical: judgeState?.critical === true,
    muted: params.muted === true,
    groups: Array.isArray(params.groups) ? params.groups.map(String) : [],
  };
}
