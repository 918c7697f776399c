import { PlanStep } from 'backstage-plugin-canary-common';
import { KubernetesObject } from 'backstage-plugin-canary-node';
import { builtInSteps } from '../../state-machine/steps';
import { resolveTraffic } from './resolveTraffic';
import { gatewayApi } from '../routers/gateway-api';
import { MemoryCluster } from '../../kubernetes/testing/MemoryCluster';
import { rolloutOf } from '../testing/rolloutOf';
import { routeOf } from '../testing/routes';

const steps = builtInSteps();
const rule = (...names: string[]) => ({
  backendRefs: names.map(name => ({ name, port: 80 })),
});

function serviceOf(
  name: string,
  selector: unknown,
  labels = {},
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop', labels },
    spec: { selector } as KubernetesObject['spec'],
  };
}

function step(kind: string, params: any): PlanStep {
  return { kind, params, title: steps.get(kind).describe(params) };
}

function resolve(cluster: MemoryCluster, ...planSteps: readonly PlanStep[]) {
  return resolveTraffic({
    cluster,
    router: gatewayApi,
    steps,
    rollout: rolloutOf({}, { steps: planSteps }),
    podLabels: { app: 'checkout' },
  });
}

describe('resolveTraffic', () => {
  it('records the stable Service and what was found, in two reads', async () => {
    const cluster = MemoryCluster.with(
      routeOf([rule('checkout')]),
      serviceOf('checkout', { app: 'checkout' }),
    );
    expect(await resolve(cluster)).toMatchObject({
      stableService: 'checkout',
      original: { rules: [{ backends: [{ weight: null }] }] },
    });
    expect(cluster.requests).toEqual([
      'get HTTPRoute shop/checkout',
      'list Service',
    ]);
  });

  it('does not take Services of ours or with a strange selector for the stable', async () => {
    const cluster = MemoryCluster.with(
      routeOf([rule('checkout', 'left-over', 'odd', 'odder')]),
      serviceOf('checkout', { app: 'checkout' }),
      serviceOf('left-over', { app: 'checkout' }, { 'canary/rollout': 'r0' }),
      serviceOf('odd', { app: 7 }),
      serviceOf('odder', 'app=checkout'),
    );
    expect((await resolve(cluster)).stableService).toBe('checkout');
  });

  it('refuses with every step that the route has no room for', async () => {
    const cluster = MemoryCluster.with(
      routeOf([rule('checkout', 'search')]),
      serviceOf('checkout', { app: 'checkout' }),
    );
    const refusal = resolve(
      cluster,
      step('setWeight', { weight: 5 }),
      step('mirror', { percent: 10 }),
    );
    await expect(refusal).rejects.toMatchObject({
      name: 'InputError',
      message:
        'step 2 (Copy 10 % of requests to the canary): rule 1 of HTTPRoute shop/checkout sends to search, too, whose requests a mirror would take to checkout-canary; give checkout a rule of its own',
    });
  });
});
