import { Webhooks } from '../engines';
import {
  argumentsOf,
  defaultMetrics,
  metricPresets,
  MetricSources,
  validateTemplate,
} from '../metrics';
import { PlanLibrary, readMetricDefinitions } from '../plans';
import { Registries } from './createRegistries';
import { Services } from './services';

/** The plans of the configuration, and the reader of those beside an entity. */
export function createPlans(
  deps: Pick<Services, 'config' | 'urlReader' | 'logger'> & {
    readonly sources: MetricSources;
    readonly webhooks: Webhooks;
  },
  { steps, routers, judges }: Pick<Registries, 'steps' | 'routers' | 'judges'>,
): PlanLibrary {
  const { config, urlReader, logger, sources, webhooks } = deps;
  const lookingBack = {
    canLookBack: (name: string) => sources.canLookBack(name),
    argumentsOf,
  };
  const { definitions, disabled } = readMetricDefinitions(config, {
    judges,
    sources: sources.names(),
    disabledSources: sources.disabled,
    presets: metricPresets,
    defaults: defaultMetrics,
    validateTemplate,
    ...lookingBack,
  });
  const plans = PlanLibrary.fromConfig(config, {
    registries: {
      steps,
      routers,
      webhooks: webhooks.names,
      metricDefinitions: definitions,
      disabledMetrics: disabled,
      defaultMetrics: Object.keys(defaultMetrics),
      judges,
      ...lookingBack,
    },
    urlReader,
  });
  // Running rollouts need a controller more than a start needs a whole configuration.
  for (const [key, wrong] of [
    ['metricSources', sources.disabled],
    ['metrics', disabled],
    ['plans', plans.disabled],
    ['webhooks', webhooks.disabled],
  ] as const) {
    for (const [name, why] of wrong) {
      logger.error(
        `canary.${key}.${name} is disabled, and all else goes on: ${why}`,
      );
    }
  }
  return plans;
}
