import {
  MetricDefinition,
  MetricOverride,
} from 'backstage-plugin-canary-common';
import { Judge } from 'backstage-plugin-canary-node';
import { Registry } from '../registry';
import { countsRequests } from '../rollout';
import { rulesOfMetric } from './metricKinds';
import { listNames } from './names';
import { parseJudge } from './parseJudge';
import { Problems } from './Problems';

/**
 * The definitions with other rules for the metrics that `overrides` names. What
 * is measured, and how, stays.
 *
 * @throws InputError with every problem, each naming its field below `metrics`
 */
export function overrideMetrics(
  definitions: Readonly<Record<string, MetricDefinition>>,
  overrides: Readonly<Record<string, MetricOverride>>,
  judges: Registry<Judge>,
): Readonly<Record<string, MetricDefinition>> {
  const problems = new Problems();
  const overridden = Object.entries(overrides).flatMap(([name, raw]) => {
    const path = ['metrics', name.slice(0, 80)];
    if (!Object.hasOwn(definitions, name)) {
      problems.add(
        path,
        `the rollout has no such metric; it has ${listNames(
          Object.keys(definitions),
        )}`,
      );
      return [];
    }
    const metric = definitions[name];
    const rules = problems.parse(rulesOfMetric, raw, path);
    if (!rules) return [];
    const { judge, ...numbers } = rules;
    if (rules.minimumSample && !countsRequests(metric)) {
      problems.add(
        [...path, 'minimumSample'],
        'needs a sampleQuery that counts the requests, and this metric has none',
      );
    }
    const judged =
      judge &&
      parseJudge({
        metric,
        judge,
        judges,
        path: [...path, 'judge'],
        problems,
      });
    return [
      [
        name,
        {
          ...metric,
          ...Object.fromEntries(
            Object.entries(numbers).filter(([, one]) => one !== undefined),
          ),
          judge: judged?.judge ?? metric.judge,
        },
      ] as const,
    ];
  });
  problems.throwIfAny('The policy to judge again by');
  return { ...definitions, ...Object.fromEntries(overridden) };
}
