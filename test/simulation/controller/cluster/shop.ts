/* eslint-disable @backstage/no-relative-monorepo-imports -- the shop of the repository's own tests */
import { KubernetesObject } from 'backstage-plugin-canary-node';
import {
  checkoutDeployment,
  checkoutHpa,
  checkoutService,
  checkoutTemplate,
} from '../../../../plugins/canary-backend/src/workload/testing/shop';
import { routeOf } from '../../../../plugins/canary-backend/src/traffic/testing/routes';

export const NAMESPACE = 'shop';

/** The version that runs when a world begins. */
export const FIRST_VERSION = 'shop/checkout:v1';

/** The stable Deployment. */
export const STABLE = {
  kind: 'Deployment',
  namespace: NAMESPACE,
  name: 'checkout',
};
/** What we make beside it. */
export const CANARY = { ...STABLE, name: 'checkout-canary' };
export const CANARY_SERVICE = { ...CANARY, kind: 'Service' };
export const ROUTE = { ...STABLE, kind: 'HTTPRoute' };
export const HPA = { ...STABLE, kind: 'HorizontalPodAutoscaler' };

/** Floor and ceiling of the shop's autoscaler. */
export const HPA_FLOOR = 2;
export const HPA_CEILING = 10;

/** How a route stands when a world begins, as Git has it. */
export function originalRoute(
  shape: 'plain' | 'beside others',
): KubernetesObject {
  const checkout = { name: 'checkout', port: 80 };
  const others = { name: 'search', port: 80 };
  return routeOf(
    shape === 'plain'
      ? [{ backendRefs: [checkout] }]
      : [
          {
            backendRefs: [
              { ...checkout, weight: 3 },
              { ...others, weight: 1 },
            ],
          },
          {
            matches: [{ path: { type: 'PathPrefix', value: '/pay' } }],
            backendRefs: [checkout],
          },
        ],
  );
}

/** The objects of the shop, without any pod. */
export function shopObjects(options: {
  readonly replicas: number;
  readonly hasHpa: boolean;
  readonly route: 'plain' | 'beside others';
}): readonly KubernetesObject[] {
  const { replicas, hasHpa, route } = options;
  const { status: _, ...deployment } = checkoutDeployment({
    replicas,
    template: checkoutTemplate(),
  });
  return [
    deployment,
    checkoutService(),
    checkoutService('search', { app: 'search' }),
    originalRoute(route),
    ...(hasHpa
      ? [checkoutHpa({ minReplicas: HPA_FLOOR, maxReplicas: HPA_CEILING })]
      : []),
  ];
}
