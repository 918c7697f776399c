import { Problems } from './Problems';
import { PlanRegistries } from './registries';

/** Notes a score without metrics, and a metric that no group of it counts: either misleads. */
export function checkScore(
  names: readonly string[],
  { metricDefinitions }: Pick<PlanRegistries, 'metricDefinitions'>,
  problems: Problems,
): void {
  const scored = names
    .filter(name => Object.hasOwn(metricDefinitions, name))
    .map(name => metricDefinitions[name])
    .filter(
      ({ judge }) => judge.kind === 'kayenta' && judge.params.muted !== true,
    );
  if (scored.length === 0) {
    problems.add(
      ['analysis', 'score'],
      'has no metric of the judge kayenta to score; remove it, or name one in metrics',
    );
  }
  for (const { name, judge } of scored) {
    const { groups } = judge.params;
    if (Array.isArray(groups) && groups.length > 0) continue;
    problems.add(
      ['analysis', 'score'],
      `does not count metric ${name}, which is in no group; give its judge groups`,
    );
  }
}
