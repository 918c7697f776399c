import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { Plan, MetricDefinition } from 'backstage-plugin-canary-common';
import { parse } from 'yaml';
import { builtInJudges } from '../../analysis';
import { metricPresets, validateTemplate } from '../../metrics';
import { parsePlan } from '../../plans';
import { soundMetrics } from '../../plans/testing/soundMetrics';
import { builtInSteps } from '../../state-machine';
import { builtInTrafficRouters } from '../../traffic';

/** What our own parsers make of an import; they throw at whatever is wrong with it. */
export function readBack(yaml: string): {
  readonly canary: Record<string, JsonObject>;
  readonly metrics: Readonly<Record<string, MetricDefinition>>;
  readonly plans: readonly Plan[];
} {
  const config = parse(yaml) as { canary: Record<string, JsonObject> };
  const { canary } = config;
  const metricDefinitions = soundMetrics(
    new ConfigReader({ canary: canary as JsonObject }),
    {
      judges: builtInJudges(),
      sources: ['kubernetes', ...Object.keys(canary.metricSources ?? {})],
      presets: metricPresets,
      validateTemplate,
    },
  );
  const plans = Object.entries(canary.plans ?? {}).map(([name, raw]) =>
    parsePlan(name, 'app-config', raw, {
      steps: builtInSteps(),
      routers: builtInTrafficRouters(),
      webhooks: Object.keys(canary.webhooks ?? {}),
      metricDefinitions,
    }),
  );
  return { canary, metrics: metricDefinitions, plans };
}
