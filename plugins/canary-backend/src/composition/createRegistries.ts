import {
  ClusterSupplier,
  Judge,
  MetricProvider,
  StepDefinition,
  TrafficRouter,
} from 'backstage-plugin-canary-node';
import { builtInJudges } from '../analysis';
import { builtInMetricProviders } from '../metrics';
import { builtInSteps } from '../state-machine';
import { builtInTrafficRouters } from '../traffic';

/** What modules may add to, the built-in ones first. */
export interface Registries {
  readonly routers: TrafficRouter[];
  readonly providers: MetricProvider[];
  readonly judges: Judge[];
  readonly steps: StepDefinition[];
  readonly clusters: ClusterSupplier[];
}

/** What comes with the plugin. */
export function createRegistries(): Registries {
  return {
    routers: [...builtInTrafficRouters],
    providers: [...builtInMetricProviders],
    judges: [...builtInJudges],
    steps: [...builtInSteps],
    clusters: [],
  };
}
