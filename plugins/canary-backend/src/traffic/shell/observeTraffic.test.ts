import { NO_EXPOSURE } from 'backstage-plugin-canary-common';
import { TrafficObjects, TrafficRouter } from 'backstage-plugin-canary-node';
import { readTraffic } from './observeTraffic';
import { replicaRatio } from '../routers/replica-ratio';
import { exposed, rolledOut } from '../testing/rolledOut';
import { rolloutOf } from '../testing/rolloutOf';
import { routeOf } from '../testing/routes';
import { gatewayApi } from '../routers/gateway-api';

const beta = { name: 'beta', header: 'x-beta', value: '1' };
const PODS = { stable: 4, canary: 1 };
const rules = [{ backendRefs: [{ name: 'checkout', port: 80 }] }];

function see(
  router: TrafficRouter,
  desired: Parameters<typeof rolloutOf>[0],
  objects: TrafficObjects = [],
  more: Parameters<typeof rolloutOf>[1] = {},
  pods = PODS,
) {
  return readTraffic(router, rolloutOf(desired, more), objects, pods);
}

describe('an observation of the traffic', () => {
  const { route, record } = rolledOut(routeOf(rules)).apply(
    exposed(0, { headerRoutes: [beta] }),
  );

  it('knows header routes by the names of the plan', () => {
    const again = { ...beta, name: 'again' };
    const desired = { exposure: { weight: 0, headerRoutes: [beta, again] } };
    const { exposure } = see(gatewayApi, desired, [route], { record });
    expect(exposure.headerRoutes).toEqual([beta, again]);
  });

  it('shows a header route that nobody asked for', () => {
    const { exposure } = see(gatewayApi, {}, [route], { record });
    expect(exposure.headerRoutes).toEqual([{ ...beta, name: 'x-beta' }]);
  });

  it('does not hold a rollback at once by a route that it does not use', () => {
    const other = routeOf([{ backendRefs: [{ name: 'other' }] }]);
    const seen = (strategy: 'canary' | 'rollback') =>
      see(gatewayApi, {}, [other], { record, strategy }).problem;
    expect(seen('canary')).toMatch(
      /^no rule sends anything to Service checkout/,
    );
    expect(seen('rollback')).toBeUndefined();
  });

  it.each`
    pods                        | backend      | want
    ${{ stable: 4, canary: 0 }} | ${'present'} | ${'present'}
    ${{ stable: 4, canary: 0 }} | ${'absent'}  | ${'absent'}
    ${{ stable: 4, canary: 1 }} | ${'absent'}  | ${'present'}
  `(
    'has the backend $want where pods are the traffic, $pods, and $backend is desired',
    ({ pods, backend, want }) => {
      const seen = see(replicaRatio, { backend }, [], { params: {} }, pods);
      expect(seen.backend).toBe(want);
    },
  );

  it('is nobody where the route is gone', () => {
    expect(see(gatewayApi, {}, [undefined], { record })).toMatchObject({
      found: false,
      exposure: NO_EXPOSURE,
    });
  });
});
