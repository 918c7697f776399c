import { Entity } from '@backstage/catalog-model';
import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiFlightTakeoffLine } from '@remixicon/react';
import { canaryApiRef, createCanaryApi } from './api';
import { isCanaryAvailable } from './isCanaryAvailable';
import { entityContentRouteRef, rootRouteRef } from './routes';

/** Components that say which workload they are; an app's config may say otherwise. */
const isCanaryComponent = (entity: Entity) =>
  entity.kind.toLocaleLowerCase('en-US') === 'component' &&
  isCanaryAvailable(entity);

/** Those to whom components belong: their pages show what is theirs. */
const isOwnerOrSystem = (entity: Entity) =>
  ['group', 'user', 'system'].includes(entity.kind.toLocaleLowerCase('en-US'));

/** `api:canary` */
export const canaryApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: canaryApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: createCanaryApi,
    }),
});

/** `entity-content:canary/rollouts` */
export const canaryEntityContent = EntityContentBlueprint.make({
  name: 'rollouts',
  params: {
    path: '/canary',
    title: 'Canary',
    group: 'deployment',
    icon: <RiFlightTakeoffLine />,
    routeRef: entityContentRouteRef,
    filter: isCanaryComponent,
    loader: () => import('./components/EntityTab').then(m => <m.EntityTab />),
  },
});

/** `entity-card:canary/status` */
export const canaryEntityCard = EntityCardBlueprint.make({
  name: 'status',
  params: {
    type: 'info',
    filter: isCanaryComponent,
    loader: () => import('./components/EntityCard').then(m => <m.EntityCard />),
  },
});

/** `entity-card:canary/owned` */
export const canaryOwnedCard = EntityCardBlueprint.make({
  name: 'owned',
  params: {
    type: 'content',
    filter: isOwnerOrSystem,
    loader: () => import('./components/OwnedCard').then(m => <m.OwnedCard />),
  },
});

/** `page:canary` */
export const canaryPage = PageBlueprint.make({
  params: {
    path: '/canary',
    title: 'Canary',
    icon: <RiFlightTakeoffLine />,
    routeRef: rootRouteRef,
    loader: () =>
      import('./components/CanaryPage').then(m => (
        <main>
          <m.CanaryRoutes />
        </main>
      )),
  },
});

/** Canary rollouts in Backstage, for the new frontend system. @public */
export const canaryPlugin = createFrontendPlugin({
  pluginId: 'canary',
  title: 'Canary',
  icon: <RiFlightTakeoffLine />,
  info: { packageJson: () => import('../package.json') },
  extensions: [
    canaryApi,
    canaryEntityContent,
    canaryEntityCard,
    canaryOwnedCard,
    canaryPage,
  ],
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
});
