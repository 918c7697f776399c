import { InputError } from '@backstage/errors';
import { NO_EXPOSURE } from 'backstage-plugin-canary-common';
import {
  defineTrafficRouter,
  ObjectRef,
  TrafficTarget,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { observeRoute } from './gateway-api/observeRoute';
import { planRoute } from './gateway-api/planRoute';
import { resolveRoute } from './gateway-api/resolveRoute';

const params = z.strictObject({
  route: z.strictObject({
    name: z
      .string()
      .max(253)
      .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'must be the name of a route'),
    kind: z.enum(['HTTPRoute', 'GRPCRoute']).default('HTTPRoute'),
  }),
});

type Params = z.infer<typeof params>;

/**
 * The Gateway API: weights of a route's backendRefs, in the namespace of the
 * workload. Header routes are rules of ours behind the others, mirrors are
 * RequestMirror filters.
 */
export const gatewayApi = defineTrafficRouter<Params>({
  kind: 'gateway-api',
  capabilities: { weights: true, headers: true, mirror: true },
  params,
  resources: target => [routeRef(target)],

  resolve([route], target, surroundings) {
    if (!route) {
      const { kind, namespace, name } = routeRef(target);
      throw new InputError(
        `${kind} ${namespace}/${name} does not exist; name the route of ${target.workload} in traffic.route`,
      );
    }
    return resolveRoute(route, target, surroundings);
  },

  observe([route], target, record) {
    if (route) return observeRoute(route, target, record);
    return {
      found: false,
      exposure: NO_EXPOSURE,
      backend: 'absent',
      accepted: true,
      sticky: false,
    };
  },

  plan: ([route], target, record, intent) =>
    route ? planRoute(route, target, record, intent) : [],
});

function routeRef({
  namespace,
  params: { route },
}: TrafficTarget<Params>): ObjectRef {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: route.kind,
    namespace,
    name: route.name,
  };
}
