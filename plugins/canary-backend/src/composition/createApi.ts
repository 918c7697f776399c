import { canaryPermissions } from 'backstage-plugin-canary-common';
import { Clock, ClusterSupplier } from 'backstage-plugin-canary-node';
import {
  ClusterPings,
  createRouter,
  readHealth,
  registerActions,
} from '../api';
import { Controller } from '../controller';
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
    readonly controller: Pick<Controller, 'lastBeatAt' | 'replicas'>;
    readonly clock: Clock;
  },
): Promise<void> {
  const { service, actionsRegistry, httpAuth, httpRouter } = deps;
  const { controller, clock } = deps;
  deps.permissionsRegistry.addPermissions(canaryPermissions);
  registerActions({ actionsRegistry, service, clock });
  const pings = new ClusterPings(deps.clusters, clock);
  httpRouter.use(
    await createRouter({
      service,
      httpAuth,
      health: () =>
        readHealth({
          pings,
          lastBeatAt: controller.lastBeatAt,
          replicas: controller.replicas,
          now: clock.now(),
        }),
    }),
  );
  httpRouter.addAuthPolicy({ path: '/health', allow: 'unauthenticated' });
}
