import {
  ClusterSupplier,
  Judge,
  MetricProvider,
  StepDefinition,
  TrafficRouter,
} from 'backstage-plugin-canary-node';
import { builtInJudges } from '../analysis';
import { builtInMetricProviders } from '../metrics';
import { Registry } from '../registry';
import { builtInSteps } from '../state-machine';
import { builtInTrafficRouters } from '../traffic';

/** What modules may add to, the built-in ones first. */
export interface Registries {
  readonly routers: Registry<TrafficRouter>;
  readonly providers: Registry<MetricProvider>;
  readonly judges: Registry<Judge>;
  readonly steps: Registry<StepDefinition>;
  /** Clusters come and go while the plugin runs, so these have no kind: each is asked again and again. */
  readonly suppliers: ClusterSupplier[];
}

/** What comes with the plugin. */
export function createRegistries(): Registries {
  return {
    routers: builtInTrafficRouters(),
    providers: builtInMetricProviders(),
    judges: builtInJudges(),
    steps: builtInSteps(),
    suppliers: [],
  };
}
