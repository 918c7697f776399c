import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
export const canaryPlugin = createBackendPlugin({
  pluginId: 'canary',
  register(env) {
    env.registerInit({ deps: { logger: coreServices.logger }, async init() {} });
  },
});
