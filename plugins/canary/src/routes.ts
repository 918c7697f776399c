import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/** The page with every rollout, `/canary`. @public */
export const rootRouteRef = createRouteRef({ id: 'canary' });

/** The permalink of one rollout, `/canary/rollouts/:id`. @public */
export const rolloutRouteRef = createSubRouteRef({
  id: 'canary:rollout',
  parent: rootRouteRef,
  path: '/rollouts/:id',
});

/** The tab of an entity. @public */
export const entityContentRouteRef = createRouteRef({
  id: 'canary:entity-content',
});
