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
  deps: Pick<Services, 'config' | 'urlReader'> & {
    readonly sources: MetricSources;
    readonly webhooks: Webhooks;
  },
  { steps, routers, judges }: Pick<Registries, 'steps' | 'routers' | 'judges'>,
): PlanLibrary {
  const { config, urlReader, sources, webhooks } = deps;
  const lookingBack = {
    canLookBack: (name: string) => sources.canLookBack(name),
    argumentsOf,
  };
  const metricDefinitions = readMetricDefinitions(config, {
    judges,
    sources: sources.names(),
    presets: metricPresets,
    defaults: defaultMetrics,
    validateTemplate,
    ...lookingBack,
  });
  return PlanLibrary.fromConfig(config, {
    registries: {
      steps,
      routers,
      webhooks: webhooks.names,
      metricDefinitions,
      defaultMetrics: Object.keys(defaultMetrics),
      judges,
      ...lookingBack,
    },
    urlReader,
  });
}
