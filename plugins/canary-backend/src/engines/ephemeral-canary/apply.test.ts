import { NO_EXPOSURE } from 'backstage-plugin-canary-common';
import {
  defineTrafficRouter,
  Judge,
  TrafficObjects,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { Registry } from '../../registry';
import { Desired, RolloutState } from '../../rollout';
import { rolloutFixture } from '../../store/testing/rolloutFixture';
import { MemoryCluster } from '../../kubernetes/testing/MemoryCluster';
import {
  checkoutDeployment,
  checkoutRollout,
  checkoutService,
} from '../../workload/testing/shop';
import { apply } from './apply';
import { observe } from './observe';

const { signal } = new AbortController();

const ROUTE = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace: 'shop',
  name: 'route',
};

const weightOf = ([route]: TrafficObjects) =>
  Number((route as any)?.data.weight);

const send = (objects: TrafficObjects, weight: number) =>
  weightOf(objects) === weight
    ? []
    : [
        {
          verb: 'patch' as const,
          ref: ROUTE,
          patch: {
            type: 'merge' as const,
            body: { data: { weight: String(weight) } },
          },
        },
      ];

/** The plainest route there is: one number in a ConfigMap. */
const router = defineTrafficRouter({
  kind: 'gateway-api',
  capabilities: { weights: true, headers: false, mirror: false },
  params: z.any(),
  resources: () => [ROUTE],
  resolve: () => ({ stableService: 'checkout', original: {} }),
  observe: objects => ({
    found: true,
    exposure: { ...NO_EXPOSURE, weight: weightOf(objects) },
    backend: 'present',
    accepted: true,
    sticky: false,
  }),
  plan: (objects, _target, _record, { exposure }) =>
    send(objects, exposure.weight),
});

function rollout(
  desired: Partial<Desired>,
  changes: Partial<RolloutState> = {},
): RolloutState {
  const { plan } = rolloutFixture('r1');
  return {
    ...rolloutFixture('r1'),
    ...checkoutRollout(
      { backend: 'present', ...desired },
      { plan, ...changes },
    ),
  };
}

/** Looks, and brings the cluster to what is desired, as a tick does. */
async function tick(cluster: MemoryCluster, state: RolloutState) {
  const deps = {
    now: () => 0,
    findCluster: async () => cluster,
    routers: new Registry('traffic router', [router]),
    judges: new Registry<Judge>('judge', []),
    sources: { get: jest.fn() },
    perform: async () => undefined,
  };
  const observed = await observe(state, deps, signal);
  expect(observed.observation.unreachable).toBeUndefined();
  const before = cluster.writes.length;
  await apply(state, observed, signal);
  return cluster.writes.slice(before);
}

/** The shop with a canary of one pod that gets 5 %. */
async function withCanary() {
  const cluster = MemoryCluster.with(checkoutDeployment(), checkoutService(), {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'route', namespace: 'shop' },
    data: { weight: '5' },
  } as any);
  const exposure = { ...NO_EXPOSURE, weight: 5 };
  for (let look = 0; look < 3; look++) {
    await tick(cluster, rollout({ exposure }));
  }
  return cluster;
}

const POD = 'Deployment shop/checkout-canary';
const TRAFFIC = 'patch ConfigMap shop/route';

describe('apply', () => {
  it('raises pods before traffic', async () => {
    const cluster = await withCanary();
    const exposure = { ...NO_EXPOSURE, weight: 50 };
    const more = rollout({ exposure, replicas: 2 }, { phase: 'Progressing' });
    const writes = await tick(cluster, more);
    expect(writes).toEqual([`patch ${POD}`, TRAFFIC]);
    expect(await tick(cluster, more)).toEqual([]);
  });

  it('takes traffic away before pods when it rolls back', async () => {
    const cluster = await withCanary();
    const back = rollout(
      { canary: 'absent', backend: 'absent' },
      { phase: 'RollingBack' },
    );
    const writes = await tick(cluster, back);
    expect(writes[0]).toBe(TRAFFIC);
    expect(writes).toContain(`delete ${POD}`);
  });

  it('leaves the pods while the route refuses to be lowered', async () => {
    const cluster = await withCanary();
    cluster.forbidden.add('patch ConfigMap');
    const back = rollout(
      { canary: 'absent', backend: 'absent' },
      { phase: 'RollingBack' },
    );
    await expect(tick(cluster, back)).rejects.toThrow('You may not patch');
    expect(
      await cluster.get({
        ...ROUTE,
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'checkout-canary',
      }),
    ).toBeDefined();
  });

  it('keeps its hands off while somebody else changes the route', async () => {
    const cluster = await withCanary();
    const exposure = { ...NO_EXPOSURE, weight: 50 };
    const held = rollout(
      { exposure, replicas: 2 },
      {
        phase: 'Paused',
        holds: [
          {
            reason: 'ForeignChange',
            message: 'why',
            since: 0,
            endsBy: 'rollback',
          },
        ],
      },
    );
    expect(await tick(cluster, held)).toEqual([]);
  });

  it('writes nothing on a cluster that was not seen', async () => {
    const blind = { observation: { unreachable: 'gone' } as any };
    await expect(
      apply(rollout({ replicas: 9 }), blind, signal),
    ).resolves.toBeUndefined();
  });
});
