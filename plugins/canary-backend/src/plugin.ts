import { createBackendPlugin } from '@backstage/backend-plugin-api';
import {
  canaryClustersExtensionPoint,
  canaryJudgesExtensionPoint,
  canaryMetricProvidersExtensionPoint,
  canaryStepsExtensionPoint,
  canaryTrafficRoutersExtensionPoint,
} from 'backstage-plugin-canary-node';
import {
  adderTo,
  createCanary,
  createRegistries,
  services,
} from './composition';

/**
 * The canary backend plugin. Modules add routers, metric providers, judges,
 * steps and clusters through the extension points of
 * `backstage-plugin-canary-node`; the built-in ones stand in the same registries.
 *
 * @public
 */
export const canaryPlugin = createBackendPlugin({
  pluginId: 'canary',
  register(env) {
    const registries = createRegistries();

    env.registerExtensionPoint(canaryTrafficRoutersExtensionPoint, {
      addTrafficRouter: adderTo(registries.routers),
    });
    env.registerExtensionPoint(canaryMetricProvidersExtensionPoint, {
      addMetricProvider: adderTo(registries.providers),
    });
    env.registerExtensionPoint(canaryJudgesExtensionPoint, {
      addJudge: adderTo(registries.judges),
    });
    env.registerExtensionPoint(canaryStepsExtensionPoint, {
      addStep: adderTo(registries.steps),
    });
    env.registerExtensionPoint(canaryClustersExtensionPoint, {
      addClusterSupplier: supplier => registries.suppliers.push(supplier),
    });

    env.registerInit({
      deps: services,
      init: deps => createCanary(deps, registries),
    });
  },
});
