import { KubernetesObject } from 'backstage-plugin-canary-node';
import { readStart } from './readStart';
import { MemoryCluster } from '../../kubernetes/testing/MemoryCluster';
import {
  checkoutDeployment,
  checkoutHpa,
  checkoutService,
  checkoutTemplate,
} from '../testing/shop';

const TARGET = { namespace: 'shop', name: 'checkout' };
const PLAN = { acceptCapacityRisk: false };

const read = (
  objects: KubernetesObject[],
  plan = PLAN,
  forbidden: string[] = [],
) => {
  const cluster = MemoryCluster.with(...objects);
  forbidden.forEach(verb => cluster.forbidden.add(verb));
  return readStart(cluster, TARGET, plan);
};

const named = (kind: string, name: string, rest: object): KubernetesObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'shop' },
  ...rest,
});

describe('readStart', () => {
  it('finds nothing where there is no Deployment', async () => {
    expect(await read([])).toBeUndefined();
  });

  it('has nothing against a healthy Deployment, and says what is not split', async () => {
    expect(await read([checkoutDeployment()])).toEqual({
      startSnapshot: {
        uid: 'uid-stable',
        templateHash: expect.stringMatching(/^[0-9a-f]{16}$/),
        replicas: 4,
        readyReplicas: 4,
        configuration: {},
      },
      images: { checkout: 'shop/checkout:v1', proxy: 'shop/proxy:v7' },
      containers: [
        expect.objectContaining({ name: 'checkout', kind: 'container' }),
        expect.objectContaining({ name: 'proxy', kind: 'container' }),
      ],
      podLabels: { app: 'checkout', tier: 'web' },
      health: { ready: 4 },
      taken: [],
      refusals: [],
      warnings: [
        expect.stringContaining('Only requests that come through the route'),
      ],
    });
  });

  it.each([
    [true, 1],
    [false, 0],
  ])(
    'where a fresh baseline is wanted (%s), refuses its name to others',
    async (freshBaseline, count) => {
      const theirs = checkoutDeployment(
        {},
        { name: 'checkout-baseline', uid: 'x' },
      );
      const plan = { ...PLAN, freshBaseline };
      const start = await read([checkoutDeployment(), theirs], plan);
      expect(start?.refusals).toHaveLength(count);
      if (count === 0) return;
      expect(start?.refusals[0]).toContain(
        'Deployment shop/checkout-baseline exists already',
      );
    },
  );

  it('tells whose rollout has a name of ours, and refuses none of those itself', async () => {
    const labels = { 'canary/rollout': 'r0' };
    const start = await read([
      checkoutDeployment(),
      checkoutDeployment({}, { name: 'checkout-canary', uid: 'x', labels }),
      checkoutDeployment({}, { name: 'checkout-baseline', uid: 'y', labels }),
    ]);
    expect(start?.refusals).toEqual([]);
    expect(start?.taken).toEqual([
      {
        rolloutId: 'r0',
        what: 'Deployment shop/checkout-canary of rollout r0',
        refusal: expect.stringContaining('exists already'),
      },
      {
        rolloutId: 'r0',
        what: 'Deployment shop/checkout-baseline of rollout r0',
        refusal: undefined,
      },
    ]);
  });

  it.each([
    [
      'Recreate',
      { strategy: { type: 'Recreate' } },
      'its strategy is Recreate',
    ],
    ['a pause', { paused: true }, 'it is paused'],
    ['no replicas', { replicas: 0 }, 'it has 0 replicas'],
    [
      'ports of the node',
      {
        template: checkoutTemplate({
          containers: [
            { name: 'a', image: 'a', ports: [{ hostPort: 80 }, {}] },
            { name: 'b', image: 'b', ports: [{ hostPort: 443 }] },
          ],
        }),
      },
      'hostPort 80, 443',
    ],
    [
      'the network of the node',
      { template: checkoutTemplate({ hostNetwork: true }) },
      'hostNetwork',
    ],
  ])('refuses %s', async (_, spec, want) => {
    const start = await read([checkoutDeployment(spec)]);
    expect(start?.refusals).toEqual([expect.stringContaining(want)]);
  });

  it.each([
    [{ updatedReplicas: 2 }, '2 of 4 pods are updated'],
    [{ replicas: 5 }, '5 in all'],
    [{ observedGeneration: 0 }, 'has not been taken over'],
  ])('refuses an unfinished rolling update (%p)', async (status, want) => {
    const deployment = checkoutDeployment();
    const unfinished = {
      ...deployment,
      status: { ...deployment.status, ...status },
    };
    const start = await read([unfinished]);
    expect(start?.refusals).toEqual([expect.stringContaining(want)]);
  });

  it('does without the pods that it may not list', async () => {
    const start = await read([checkoutDeployment()], PLAN, ['list Pod']);
    expect(start?.refusals).toEqual([]);
    expect(start?.health).toEqual({ ready: 4 });
  });

  it('collects every refusal at once', async () => {
    const start = await read([
      checkoutDeployment({ strategy: { type: 'Recreate' }, paused: true }),
      checkoutService('checkout-canary'),
    ]);
    expect(start?.refusals).toEqual([
      expect.stringContaining('Recreate'),
      expect.stringContaining('paused'),
      expect.stringContaining('Service shop/checkout-canary exists already'),
    ]);
  });

  it('refuses a name that no Service of the canary could have', async () => {
    const name = `${'a'.repeat(56)}b`;
    const cluster = MemoryCluster.with(checkoutDeployment({}, { name }));
    const start = await readStart(cluster, { ...TARGET, name }, PLAN);
    expect(start?.refusals).toEqual([expect.stringContaining('no valid name')]);
  });

  it('refuses volume claims that cannot be shared', async () => {
    const claim = (name: string, mode: string) =>
      named('PersistentVolumeClaim', name, { spec: { accessModes: [mode] } });
    const volume = (claimName: string) => ({
      name: claimName,
      persistentVolumeClaim: { claimName },
    });
    const template = checkoutTemplate({
      volumes: ['own', 'shared', 'read', 'gone'].map(volume),
    });
    const start = await read([
      checkoutDeployment({ template }),
      claim('own', 'ReadWriteOnce'),
      claim('shared', 'ReadWriteMany'),
      claim('read', 'ReadOnlyMany'),
    ]);
    expect(start?.refusals).toEqual([
      'its volume claim own (ReadWriteOnce) cannot be shared with the canary',
    ]);
  });

  describe('the HPA', () => {
    const objects = [checkoutDeployment(), checkoutHpa()];
    const forbidden = ['patch HorizontalPodAutoscaler'];

    it.each([
      ['the live count', 10, 4],
      ['its ceiling where that is lower', 3, 3],
    ])('is recorded with its floor and %s', async (_, maxReplicas, held) => {
      const start = await read([
        checkoutDeployment(),
        checkoutHpa({ maxReplicas }),
      ]);
      expect(start?.startSnapshot.hpa).toEqual({
        name: 'checkout',
        minReplicas: 2,
        heldFloor: held,
      });
      expect(start?.refusals).toEqual([]);
    });

    it('of another workload does not matter', async () => {
      const other = checkoutHpa({
        scaleTargetRef: { kind: 'StatefulSet', name: 'checkout' },
      });
      const start = await read([checkoutDeployment(), other]);
      expect(start?.startSnapshot.hpa).toBeUndefined();
    });

    it('that we may not hold is a refusal, or a risk that the plan accepts', async () => {
      const refused = await read(objects, PLAN, forbidden);
      expect(refused?.refusals).toEqual([
        expect.stringContaining('acceptCapacityRisk: true'),
      ]);
      const accepted = await read(
        objects,
        { acceptCapacityRisk: true },
        forbidden,
      );
      expect(accepted?.refusals).toEqual([]);
      expect(accepted?.warnings).toContainEqual(
        expect.stringContaining('capacity at an abort is not guaranteed'),
      );
    });
  });

  describe('the configuration', () => {
    const template = checkoutTemplate({
      containers: [
        {
          name: 'checkout',
          image: 'shop/checkout:v1',
          env: [
            { name: 'A', valueFrom: { configMapKeyRef: { name: 'env' } } },
            { name: 'B', valueFrom: { secretKeyRef: { name: 'password' } } },
          ],
          envFrom: [{ configMapRef: { name: 'all' } }],
        },
      ],
      volumes: [
        { name: 'a', configMap: { name: 'env' } },
        { name: 'b', secret: { secretName: 'certificate' } },
        {
          name: 'c',
          projected: { sources: [{ configMap: { name: 'gone' } }] },
        },
      ],
    });
    const objects = (greeting: string) => [
      checkoutDeployment({ template }),
      named('ConfigMap', 'env', { data: { greeting } }),
      named('ConfigMap', 'all', { data: {} }),
      named('Secret', 'password', { data: { password: 'aHVudGVyMg==' } }),
      named('Secret', 'certificate', { data: {} }),
    ];

    it('is recorded by digests and versions, never by its content', async () => {
      const before = (await read(objects('hello')))!.startSnapshot
        .configuration;
      const after = (await read(objects('good bye')))!.startSnapshot
        .configuration;
      expect(Object.keys(before)).toEqual([
        'ConfigMap/all',
        'ConfigMap/env',
        'Secret/certificate',
        'Secret/password',
      ]);
      const changed = Object.keys(before).filter(
        key => before[key] !== after[key],
      );
      expect(changed).toEqual(['ConfigMap/env']);
      expect(JSON.stringify(before)).not.toContain('aHVudGVyMg');
    });

    it('that we may not read is a warning', async () => {
      const start = await read(objects('hello'), PLAN, ['get Secret']);
      expect(Object.keys(start!.startSnapshot.configuration)).toEqual([
        'ConfigMap/all',
        'ConfigMap/env',
      ]);
      expect(start?.warnings).toContainEqual(
        'We may not read Secret/certificate, Secret/password, so that a rollback cannot tell whether the configuration changed.',
      );
    });
  });

  it('does without what it may not list', async () => {
    const start = await read([checkoutDeployment()], PLAN, [
      'list HorizontalPodAutoscaler',
    ]);
    expect(start?.warnings).toContainEqual(
      expect.stringContaining('HorizontalPodAutoscaler'),
    );
    expect(start?.refusals).toEqual([]);
  });
});
