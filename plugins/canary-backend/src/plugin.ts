import { createBackendPlugin } from '@backstage/backend-plugin-api';
import {
  canaryClustersExtensionPoint,
  canaryJudgesExtensionPoint,
  canaryMetricProvidersExtensionPoint,
  canaryStepsExtensionPoint,
  canaryTrafficRoutersExtensionPoint,
} from 'backstage-plugin-canary-node';
import { createCanary, createRegistries, services } from './composition';

/**
 * The canary backend plugin. Modules add routers, metric providers, judges,
 * steps and clusters through the extension points of
 * `backstage-plugin-canary-node`; the built-in ones go through the same lists.
 *
 * @public
 */
export const canaryPlugin = createBackendPlugin({
  pluginId: 'canary',
  register(env) {
    const registries = createRegistries();

    env.registerExtensionPoint(canaryTrafficRoutersExtensionPoint, {
      addTrafficRouter: router => registries.routers.push(router),
    });
    env.registerExtensionPoint(canaryMetricProvidersExtensionPoint, {
      addMetricProvider: provider => registries.providers.push(provider),
    });
    env.registerExtensionPoint(canaryJudgesExtensionPoint, {
      addJudge: judge => registries.judges.push(judge),
    });
    env.registerExtensionPoint(canaryStepsExtensionPoint, {
      addStep: step => registries.steps.push(step),
    });
    env.registerExtensionPoint(canaryClustersExtensionPoint, {
      addClusterSupplier: supplier => registries.clusters.push(supplier),
    });

    env.registerInit({
      deps: services,
      init: deps => createCanary(deps, registries),
    });
  },
});
