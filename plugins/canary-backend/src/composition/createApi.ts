import { canaryPermissions } from 'backstage-plugin-canary-common';
import { ClusterSupplier } from 'backstage-plugin-canary-node';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ClusterPings,
  createRouter,
  readHealth,
  registerActions,
} from '../api';
import { Clock, Controller } from '../controller';
import { CanaryService } from '../service';
import { Services } from './services';

/** The ways in: HTTP, actions, and the permissions that both are asked for. */
export async function createApi(
  deps: Pick<
    Services,
    'actionsRegistry' | 'httpAuth' | 'httpRouter' | 'permissionsRegistry'
  > & {
    readonly service: CanaryService;
    readonly clusters: ClusterSupplier;
    readonly controller: Pick<Controller, 'lastLookAt'>;
    readonly clock: Clock;
  },
): Promise<void> {
  const { service, actionsRegistry, httpAuth, httpRouter } = deps;
  const { controller, clock } = deps;
  deps.permissionsRegistry.addPermissions(canaryPermissions);
  registerActions({
    actionsRegistry,
    service,
    clock,
    sleep: ms => sleep(ms),
  });
  const pings = new ClusterPings(deps.clusters);
  httpRouter.use(
    await createRouter({
      service,
      httpAuth,
      health: () =>
        readHealth({
          pings,
          lastLookAt: controller.lastLookAt,
          now: clock.now(),
        }),
    }),
  );
  httpRouter.addAuthPolicy({ path: '/health', allow: 'unauthenticated' });
}
