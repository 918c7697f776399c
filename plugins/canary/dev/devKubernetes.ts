import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import {
  kubernetesApiRef,
  kubernetesAuthProvidersApiRef,
} from '@backstage/plugin-kubernetes-react';
import { rolloutFixture } from '../src/__testUtils__';
import { FakeKubernetes, podObject } from '../src/__testUtils__/FakeKubernetes';

const labels = { 'canary/rollout': rolloutFixture().id };

const kubernetes = new FakeKubernetes([
  podObject('checkout-canary-5d8f9c7b6-x2x9p', { labels }),
  podObject('checkout-canary-5d8f9c7b6-7qwzt', {
    labels,
    waiting: 'CrashLoopBackOff',
    restarts: 4,
  }),
  ...['2k4lm', '8vbnq', 'c9d7f', 'zz5xw'].map(end =>
    podObject(`checkout-6f7d8b9c5-${end}`, { hash: '6f7d8b9c5' }),
  ),
]);

/** The Kubernetes plugin's data without a cluster. */
export const devKubernetes = createFrontendModule({
  pluginId: 'app',
  extensions: [
    ApiBlueprint.make({
      name: 'kubernetes',
      params: defineParams =>
        defineParams({
          api: kubernetesApiRef,
          deps: {},
          factory: () => kubernetes as never,
        }),
    }),
    ApiBlueprint.make({
      name: 'kubernetes-auth-providers',
      params: defineParams =>
        defineParams({
          api: kubernetesAuthProvidersApiRef,
          deps: {},
          factory: () => kubernetes as never,
        }),
    }),
  ],
});
