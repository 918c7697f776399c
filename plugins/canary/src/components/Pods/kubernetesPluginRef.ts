import { createApiRef } from '@backstage/core-plugin-api';

/**
 * The public name of the Kubernetes plugin's API, to ask whether an app has it.
 * The plugin's own package, which brings a terminal along, is loaded once
 * somebody wants to see pods.
 */
export const kubernetesPluginRef = createApiRef<unknown>({
  id: 'plugin.kubernetes.service',
});
