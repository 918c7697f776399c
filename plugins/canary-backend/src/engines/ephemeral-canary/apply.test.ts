import { NO_EXPOSURE } from 'backstage-plugin-canary-common';
import {
  defineTrafficRouter,
  Judge,
  TrafficObjects,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { Registry } from '../../registry';
import {
  Desired,
  nothingSeen,
  Ownership,
  RolloutState,
  Unknown,
} from '../../rollout';
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

/** Nobody else has the rollout. */
const OWNED: Ownership = { assertProven() {}, confirm: async () => {} };

/** Looks, and brings the cluster to what is desired, as a tick does. */
async function tick(
  cluster: MemoryCluster,
  state: RolloutState,
  unknown?: Unknown,
  ownership: Ownership = OWNED,
) {
  const deps = {
    // Whatever answers at all does so before any time has passed.
    clock: { now: () => 0, sleep: () => new Promise<void>(setImmediate) },
    findCluster: async () => cluster,
    routers: new Registry('traffic router', [router]),
    judges: new Registry<Judge>('judge', []),
    sources: { get: jest.fn() },
    work: { observe: () => undefined },
  };
  const observed = await observe(state, deps, signal);
  expect(observed.observation.unknown).toEqual(unknown);
  const before = cluster.writes.length;
  await apply(state, observed, ownership, signal);
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

/** Its stable runs the new images, and the canary has its share. */
const promoted = rollout(
  { stable: 'promoted', exposure: { ...NO_EXPOSURE, weight: 5 } },
  { phase: 'Promoting' },
);

const POD = 'Deployment shop/checkout-canary';
const TRAFFIC = 'patch ConfigMap shop/route';

describe('apply', () => {
  it.each<[string, Partial<RolloutState>, Partial<Desired>]>([
    ['puts previous images back', { phase: 'Promoting' }, {}],
    ['is taken back', { phase: 'RollingBack' }, { fence: 'r1/2' }],
  ])(
    'leaves the route alone where a restore %s: it has no share of it',
    async (_, phase, desired) => {
      const cluster = await withCanary();
      const restore = rollout(
        { backend: 'absent', canary: 'absent', ...desired },
        { ...phase, strategy: 'rollback' },
      );
      expect(await tick(cluster, restore)).not.toContain(TRAFFIC);
      expect(cluster.read(ROUTE)?.metadata.annotations).toBeUndefined();
    },
  );

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

  // An audit: 20 % stayed for the five minutes that were watched.
  it.each([
    ['the HPA', 'get HorizontalPodAutoscaler', { hpa: expect.any(String) }],
    ['a Service', 'get Service', { canaryService: expect.any(String) }],
    ['its pods', 'list Pod', { pods: expect.any(String) }],
    [
      'a Deployment',
      'get Deployment',
      { stable: expect.any(String), canary: expect.any(String) },
    ],
  ])(
    'takes traffic away though %s cannot be read',
    async (_, verb, unknown) => {
      const cluster = await withCanary();
      cluster.forbidden.add(verb);
      const { startSnapshot } = rollout({});
      const back = rollout(
        { backend: 'absent' },
        {
          phase: 'RollingBack',
          startSnapshot: {
            ...startSnapshot,
            hpa: { name: 'checkout', minReplicas: 2, heldFloor: 4 },
          },
        },
      );
      expect((await tick(cluster, back, unknown))[0]).toBe(TRAFFIC);
    },
  );

  describe('while the pods of the canary are away', () => {
    const away = (changes: Partial<RolloutState> = {}) =>
      rollout(
        { replicas: 2 },
        {
          phase: 'Paused',
          holds: [
            { reason: 'Disrupted', message: '', since: 0, endsBy: 'data' },
          ],
          ...changes,
        },
      );

    it('takes traffic away and keeps the canary', async () => {
      const cluster = await withCanary();
      expect(await tick(cluster, away())).toEqual([TRAFFIC, `patch ${POD}`]);
    });

    it('takes traffic away though its pods cannot be read', async () => {
      const cluster = await withCanary();
      cluster.forbidden.add('list Pod');
      const unknown = { pods: expect.any(String) };
      expect(await tick(cluster, away(), unknown)).toEqual([TRAFFIC]);
    });

    it('takes traffic away though the canary cannot be written', async () => {
      const cluster = await withCanary();
      cluster.forbidden.add('patch Deployment');
      await expect(tick(cluster, away())).rejects.toThrow('Deployment');
      expect(cluster.writes.at(-1)).toBe(TRAFFIC);
    });
  });

  it('writes nothing forward while anything is unknown', async () => {
    const cluster = await withCanary();
    cluster.forbidden.add('list Pod');
    const exposure = { ...NO_EXPOSURE, weight: 50 };
    const more = rollout({ exposure, replicas: 2 }, { phase: 'Progressing' });
    const unknown = { pods: expect.any(String) };
    expect(await tick(cluster, more, unknown)).toEqual([]);
  });

  it('puts previous images back though the route cannot be read, which a restore does not use', async () => {
    const cluster = await withCanary();
    cluster.forbidden.add('get ConfigMap');
    const restore = rollout(
      { stable: 'promoted', canary: 'absent' },
      { phase: 'Promoting', strategy: 'rollback' },
    );
    const unknown = { traffic: expect.any(String) };
    expect(await tick(cluster, restore, unknown)).toContain(
      'patch Deployment shop/checkout',
    );
  });

  it('does not let a slow read keep the route waiting', async () => {
    const cluster = await withCanary();
    const { get } = cluster;
    cluster.get = (ref, ...rest) =>
      ref.kind === 'Service'
        ? new Promise(() => {})
        : get.call(cluster, ref, ...rest);
    const back = rollout(
      { backend: 'absent' },
      {
        phase: 'RollingBack',
        verified: { exposure: { ...NO_EXPOSURE, weight: 5 }, since: 0 },
      },
    );
    const unknown = { canaryService: 'No answer within 500 ms' };
    expect(await tick(cluster, back, unknown)).toEqual([TRAFFIC]);
  });

  it('gives the stable its images back though the route refuses to be lowered', async () => {
    const cluster = await withCanary();
    await tick(cluster, promoted);
    cluster.forbidden.add('patch ConfigMap');
    const back = rollout(
      { backend: 'absent', stable: 'restored' },
      { phase: 'RollingBack' },
    );
    await expect(tick(cluster, back)).rejects.toThrow('ConfigMap');
    expect(cluster.writes.at(-1)).toBe('patch Deployment shop/checkout');
    const { spec } = cluster.read({
      ...ROUTE,
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'checkout',
    }) as any;
    expect(spec.template.spec.containers[0].image).toBe('shop/checkout:v1');
  });

  it('says each failure of what is taken back', async () => {
    const cluster = await withCanary();
    await tick(cluster, promoted);
    cluster.forbidden.add('patch ConfigMap').add('patch Deployment');
    const back = rollout(
      { backend: 'absent', stable: 'restored' },
      { phase: 'RollingBack' },
    );
    await expect(tick(cluster, back)).rejects.toThrow(
      'You may not patch ConfigMap objects; You may not patch Deployment objects',
    );
  });

  const forward = () =>
    rollout(
      { exposure: { ...NO_EXPOSURE, weight: 50 }, replicas: 2 },
      { phase: 'Progressing' },
    );
  const takenBack = () =>
    rollout({ backend: 'absent' }, { phase: 'RollingBack' });
  const unproven = () => {
    throw new Error('The lease is over');
  };

  // A replica that had been stopped put the old version back over a finished promotion.
  it.each([
    ['forward', forward()],
    ['back', takenBack()],
  ])('writes nothing %s once the lease cannot be proven', async (_, state) => {
    const cluster = await withCanary();
    const before = cluster.writes.length;
    const lost = { ...OWNED, assertProven: unproven };
    await expect(tick(cluster, state, undefined, lost)).rejects.toThrow(
      'The lease is over',
    );
    expect(cluster.writes).toHaveLength(before);
  });

  it('proves the lease before every write, and not only before the first', async () => {
    const cluster = await withCanary();
    const before = cluster.writes.length;
    const assertProven = jest
      .fn()
      .mockImplementationOnce(() => {})
      .mockImplementation(unproven);
    await expect(
      tick(cluster, forward(), undefined, { ...OWNED, assertProven }),
    ).rejects.toThrow('The lease is over');
    expect(cluster.writes.slice(before)).toEqual([`patch ${POD}`]);
  });

  it('writes nothing forward once the row has changed, and back all the same', async () => {
    const cluster = await withCanary();
    const confirm = async () => {
      throw new Error('Somebody aborted it');
    };
    const changed = { ...OWNED, confirm };
    await expect(tick(cluster, forward(), undefined, changed)).rejects.toThrow(
      'Somebody aborted it',
    );
    expect(await tick(cluster, takenBack(), undefined, changed)).toEqual([
      TRAFFIC,
    ]);
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
    const blind = {
      reached: false,
      observation: { unknown: nothingSeen('gone') } as any,
    };
    await expect(
      apply(rollout({ replicas: 9 }), blind, OWNED, signal),
    ).resolves.toBeUndefined();
  });
});
