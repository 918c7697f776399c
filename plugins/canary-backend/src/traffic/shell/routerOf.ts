import { InputError } from '@backstage/errors';
import { TrafficRouter } from 'backstage-plugin-canary-node';

/** The router of a plan; throws `InputError` naming those that exist. */
export function routerOf(
  kind: string,
  routers: ReadonlyMap<string, TrafficRouter>,
): TrafficRouter {
  const router = routers.get(kind);
  if (!router) {
    throw new InputError(
      `There is no traffic router ${kind}; install its module, or name one of those that are there: ${
        [...routers.keys()].join(', ') || 'none'
      }`,
    );
  }
  return router;
}

/**
 * Routers by kind: those of the plugin and those of modules.
 *
 * @throws Error when two have the same kind, which is a mistake of whoever
 * installed them.
 */
export function trafficRoutersByKind(
  routers: readonly TrafficRouter[],
): ReadonlyMap<string, TrafficRouter> {
  const byKind = new Map<string, TrafficRouter>();
  for (const router of routers) {
    if (byKind.has(router.kind)) {
      throw new Error(`Two traffic routers are called ${router.kind}`);
    }
    byKind.set(router.kind, router);
  }
  return byKind;
}
