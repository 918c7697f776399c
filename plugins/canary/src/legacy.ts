/**
 * The same plugin for apps on the old frontend system.
 *
 * @packageDocumentation
 */
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { canaryApiRef, createCanaryApi } from './api';
import { entityContentRouteRef, rootRouteRef } from './routes';

export { canaryApiRef } from './api';
export { isCanaryAvailable } from './isCanaryAvailable';
export { canaryTranslationRef, canaryTranslations } from './translation';

/** Canary rollouts in Backstage, for the old frontend system. @public */
export const canaryPlugin = createPlugin({
  id: 'canary',
  apis: [
    createApiFactory({
      api: canaryApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: createCanaryApi,
    }),
  ],
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
});

/** The Canary tab of an entity page. @public */
export const EntityCanaryContent = canaryPlugin.provide(
  createRoutableExtension({
    name: 'EntityCanaryContent',
    component: () => import('./components/EntityTab').then(m => m.EntityTab),
    mountPoint: entityContentRouteRef,
  }),
);

/** The Canary status card of an entity's overview. @public */
export const EntityCanaryCard = canaryPlugin.provide(
  createComponentExtension({
    name: 'EntityCanaryCard',
    component: {
      lazy: () => import('./components/EntityCard').then(m => m.EntityCard),
    },
  }),
);

/** The rollouts of what a group or a user owns, or of the parts of a system. @public */
export const EntityCanaryOwnedCard = canaryPlugin.provide(
  createComponentExtension({
    name: 'EntityCanaryOwnedCard',
    component: {
      lazy: () => import('./components/OwnedCard').then(m => m.OwnedCard),
    },
  }),
);

/** The page with every rollout, and the page of each one. @public */
export const CanaryPage = canaryPlugin.provide(
  createRoutableExtension({
    name: 'CanaryPage',
    component: () => import('./components/CanaryPage').then(m => m.CanaryPage),
    mountPoint: rootRouteRef,
  }),
);
