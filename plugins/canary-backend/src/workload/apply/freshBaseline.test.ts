import { KubernetesObject } from 'backstage-plugin-canary-node';
import { Desired, RolloutState } from '../../rollout';
import { deploymentRef } from '../../kubernetes/objects/refs';
import { applyWorkload } from './applyWorkload';
import { specOf } from '../manifests/manifests';
import { lookAt } from '../testing/lookAt';
import { MemoryCluster } from '../../kubernetes/testing/MemoryCluster';
import {
  checkoutDeployment,
  checkoutRollout,
  checkoutService,
  podOf,
} from '../testing/shop';

const BASELINE = deploymentRef('shop', 'checkout-baseline');
const V1 = { checkout: 'shop/checkout:v1', proxy: 'shop/proxy:v7' };

function shop(...more: KubernetesObject[]) {
  return MemoryCluster.with(checkoutDeployment(), checkoutService(), ...more);
}

function wanting(
  desired: Partial<Desired> = {},
  overrides: Partial<RolloutState> = {},
) {
  return checkoutRollout({ freshBaseline: 'present', ...desired }, overrides);
}

/** One tick's observe and apply, with what somebody else does between the two. */
async function tick(
  cluster: MemoryCluster,
  rollout: RolloutState,
  meanwhile?: () => unknown,
) {
  cluster.writes.length = 0;
  const observed = await lookAt(cluster, rollout);
  await meanwhile?.();
  await applyWorkload({ cluster, rollout, observed });
  return cluster.writes;
}

/** After the two ticks that it takes. */
async function running(desired: Partial<Desired> = {}) {
  const cluster = shop();
  await tick(cluster, wanting(desired));
  await tick(cluster, wanting(desired));
  return cluster;
}

/** The Deployment of the fresh baseline beside a stable with this selector. */
async function madeBeside(matchLabels: object) {
  const cluster = MemoryCluster.with(
    checkoutDeployment({ selector: { matchLabels } }),
    checkoutService(),
  );
  await tick(cluster, checkoutRollout());
  await tick(cluster, wanting({ replicas: 3 }));
  return (await cluster.get(BASELINE))!;
}

describe('a fresh baseline', () => {
  it('is made once, after the canary whose name is the lock, and as large', async () => {
    const cluster = shop();
    const rollout = wanting({ replicas: 2 });
    expect(await tick(cluster, rollout)).toEqual([
      'create Deployment shop/checkout-canary',
      'create Service shop/checkout-canary',
    ]);
    expect(await tick(cluster, rollout)).toEqual([
      'create Deployment shop/checkout-baseline',
    ]);
    expect(await tick(cluster, rollout)).toEqual([]);
    expect(await lookAt(cluster, rollout)).toMatchObject({
      freshBaseline: { replicas: { desired: 2 }, images: V1 },
      canary: { images: { checkout: 'shop/checkout:v2' } },
    });
  });

  it.each([
    [{ app: 'checkout' }, { app: 'checkout', tier: 'web' }],
    [
      { app: 'checkout', tier: 'web' },
      { app: 'checkout', tier: 'web-baseline' },
    ],
    [{ tier: 'web' }, { app: 'checkout', tier: 'web-baseline' }],
  ])(
    'beside a Deployment that selects by %j has pods of the stable Service alone',
    async (matchLabels, labels) => {
      const { spec, metadata } = await madeBeside(matchLabels);
      const { selector, template } = specOf({ spec } as KubernetesObject);
      expect(template.metadata?.labels).toEqual({
        ...labels,
        'canary/baseline': 'r1',
      });
      expect(selector).toEqual({ matchLabels: { 'canary/baseline': 'r1' } });
      expect(metadata.labels).toEqual({ 'canary/rollout': 'r1' });
    },
  );

  it('is owned by the canary, so that none is left where it came too late', async () => {
    const cluster = await running();
    const canary = await cluster.get(deploymentRef('shop', 'checkout-canary'));
    expect((await cluster.get(BASELINE))!.metadata.ownerReferences).toEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'checkout-canary',
        uid: canary!.metadata.uid,
      },
    ]);
  });

  it('is made where a crash left only the canary, and again where somebody took it away', async () => {
    const cluster = shop();
    await tick(cluster, checkoutRollout());
    const made = ['create Deployment shop/checkout-baseline'];
    expect(await tick(cluster, wanting())).toEqual(made);
    await cluster.delete(BASELINE);
    expect(await tick(cluster, wanting())).toEqual(made);
  });

  it('is not made anew while the rollout is taken back', async () => {
    const cluster = await running();
    await cluster.delete(BASELINE);
    const back = wanting({}, { phase: 'RollingBack' });
    expect(await tick(cluster, back)).toEqual([]);
  });

  it('is scaled with the canary', async () => {
    const cluster = await running();
    expect(await tick(cluster, wanting({ replicas: 5 }))).toHaveLength(2);
    const observed = await lookAt(cluster, wanting());
    expect(observed.freshBaseline?.replicas.desired).toBe(5);
    expect(await tick(cluster, wanting({ replicas: 5 }))).toEqual([]);
  });

  it('does not touch a Deployment of its name that is not ours', async () => {
    const theirs = checkoutDeployment(
      {},
      { name: 'checkout-baseline', uid: 'x' },
    );
    const cluster = shop(theirs);
    await expect(tick(cluster, wanting())).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining(
        'Deployment shop/checkout-baseline exists already and does not belong to this rollout',
      ),
    });
    await tick(cluster, wanting({ canary: 'absent', freshBaseline: 'absent' }));
    expect(cluster.writes).toEqual([]);
  });

  it('is nothing to a rollout that has none', async () => {
    const cluster = shop(
      checkoutDeployment({}, { name: 'checkout-baseline', uid: 'x' }),
    );
    expect(await tick(cluster, checkoutRollout())).toHaveLength(2);
    const observed = await lookAt(cluster, checkoutRollout());
    expect(observed.nameCollision).toBeUndefined();
    expect(observed.freshBaseline).toBeUndefined();
  });

  it('is removed with the canary, or before it, and never with another uid', async () => {
    const early = await running();
    expect(await tick(early, wanting({ freshBaseline: 'absent' }))).toEqual([
      'delete Deployment shop/checkout-baseline',
    ]);
    const gone = wanting({ canary: 'absent', freshBaseline: 'absent' });
    const cluster = await running();
    expect(await tick(cluster, gone)).toEqual([
      'delete Service shop/checkout-canary',
      'delete Deployment shop/checkout-canary',
      'delete Deployment shop/checkout-baseline',
    ]);
    expect(await tick(cluster, gone)).toEqual([]);

    const replaced = await running();
    await expect(
      tick(replaced, wanting({ freshBaseline: 'absent' }), async () => {
        const theirs = (await replaced.get(BASELINE))!;
        await replaced.delete(BASELINE);
        const metadata = { ...theirs.metadata, uid: 'uid-theirs' };
        await replaced.create({ ...theirs, metadata });
      }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
  });

  it('is fenced off from a stalled owner who would let it grow', async () => {
    const cluster = await running();
    const fence = 'r1/2';
    await tick(cluster, wanting({ fence }, { phase: 'RollingBack' }));
    expect((await lookAt(cluster, wanting())).freshBaseline).toEqual(
      expect.objectContaining({ fence }),
    );
    await expect(tick(cluster, wanting({ replicas: 5 }))).rejects.toMatchObject(
      { name: 'ConflictError' },
    );
  });

  it('has its pods to itself, also where the stable selects them', async () => {
    const crashing = {
      containerStatuses: [
        {
          name: 'checkout',
          state: { waiting: { reason: 'CrashLoopBackOff' } },
        },
      ],
    };
    const cluster = shop(
      podOf('checkout-1', { app: 'checkout' }),
      podOf(
        'checkout-baseline-1',
        { app: 'checkout', 'canary/baseline': 'r1' },
        crashing,
      ),
    );
    await tick(cluster, wanting());
    await tick(cluster, wanting());
    const observed = await lookAt(cluster, wanting());
    expect(observed.stable?.problems).toEqual([]);
    expect(observed.canary?.problems).toEqual([]);
    expect(observed.freshBaseline?.problems).toMatchObject([
      { pod: 'checkout-baseline-1' },
    ]);
  });
});
