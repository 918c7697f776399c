import { JsonObject } from 'backstage-plugin-canary-common';
import {
  KubernetesObject,
  TrafficSurroundings,
  TrafficTarget,
} from 'backstage-plugin-canary-node';

/** A route of the shop with these rules. */
export function routeOf(
  rules: readonly JsonObject[],
  more: Partial<KubernetesObject> & { readonly parentRefs?: JsonObject[] } = {},
): KubernetesObject {
  const { parentRefs = [{ name: 'public' }], ...rest } = more;
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      name: 'checkout',
      namespace: 'shop',
      resourceVersion: '1',
      generation: 1,
    },
    spec: { parentRefs, hostnames: ['checkout.shop.example'], rules },
    ...rest,
  };
}

/** The checkout of the shop. */
export const checkout: TrafficTarget<any> = {
  namespace: 'shop',
  workload: 'checkout',
  canaryService: 'checkout-canary',
  rolloutId: 'r1',
  params: { route: { name: 'checkout', kind: 'HTTPRoute' } },
};

/** Its Service among others of the namespace. */
export const shop: TrafficSurroundings = {
  podLabels: { app: 'checkout', tier: 'web' },
  services: [
    { name: 'checkout', selector: { app: 'checkout' } },
    { name: 'search', selector: { app: 'search' } },
    { name: 'external', selector: {} },
  ],
};
