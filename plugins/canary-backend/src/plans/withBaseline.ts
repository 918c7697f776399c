import { Baseline, MetricDefinition } from 'backstage-plugin-canary-common';
import { baselineProblems } from './baselineProblems';
import { Problems } from './Problems';
import { BaselineRegistries } from './registries';

/**
 * A metric with the baseline of the plan's analysis. One that has a baseline of
 * its own keeps it, and one that compares with nothing needs none.
 */
export function withBaseline(
  metric: MetricDefinition,
  baseline: Baseline | undefined,
  registries: BaselineRegistries,
  problems: Problems,
): MetricDefinition {
  const { kind, params } = metric.judge;
  const compares = registries.judges?.find(kind)?.needsStable(params);
  if (baseline === undefined || metric.baseline || compares === false) {
    return metric;
  }
  const found = baselineProblems(metric, baseline, registries);
  for (const { path, message } of found) {
    problems.add(
      ['analysis', 'baseline'],
      `does not fit the metric ${metric.name}: ${path.join('.')}: ${message}`,
    );
  }
  return { ...metric, baseline };
}
