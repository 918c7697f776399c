import { KubernetesObject } from 'backstage-plugin-canary-node';
import { applyWorkload } from '../apply/applyWorkload';
import { lookAt } from '../testing/lookAt';
import { readWorkload } from './readWorkload';
import { MemoryCluster } from '../../kubernetes/testing/MemoryCluster';
import {
  checkoutDeployment,
  checkoutHpa,
  checkoutRollout,
  checkoutService,
  podOf,
} from '../testing/shop';

const crashing = {
  containerStatuses: [
    { name: 'checkout', state: { waiting: { reason: 'CrashLoopBackOff' } } },
  ],
};

async function shopWithCanary(...more: KubernetesObject[]) {
  const cluster = MemoryCluster.with(
    checkoutDeployment(),
    checkoutService(),
    checkoutHpa(),
    ...more,
  );
  const rollout = checkoutRollout();
  await applyWorkload({
    cluster,
    rollout,
    observed: await lookAt(cluster, rollout),
  });
  return { cluster, rollout };
}

describe('observeWorkload', () => {
  it('sees the stable alone before the canary is made', async () => {
    const cluster = MemoryCluster.with(checkoutDeployment(), checkoutService());
    const observed = await lookAt(cluster, checkoutRollout());
    expect(observed).toMatchObject({
      stable: { uid: 'uid-stable', replicas: { available: 4 } },
      canaryService: false,
    });
    expect(observed.canary).toBeUndefined();
    expect(observed.hpa).toBeUndefined();
    expect(observed.nameCollision).toBeUndefined();
  });

  it('sees that everything is gone', async () => {
    const observed = await lookAt(new MemoryCluster(), checkoutRollout());
    expect(observed).toMatchObject({ canaryService: false, objects: {} });
    expect(observed.stable).toBeUndefined();
  });

  it('sees the floor of the HPA, the one to hold and the one to give back', async () => {
    const { cluster, rollout } = await shopWithCanary();
    expect((await lookAt(cluster, rollout)).hpa).toEqual({
      name: 'checkout',
      minReplicas: 2,
      held: 4,
      own: 2,
    });
  });

  it('gives each side its own pods, also where the stable selects both', async () => {
    const { cluster, rollout } = await shopWithCanary(
      podOf('checkout-1', { app: 'checkout' }),
      // Where pods are the traffic the canary's keep the label of the Service.
      podOf(
        'checkout-canary-1',
        { app: 'checkout', 'canary/rollout': 'r1' },
        crashing,
      ),
    );
    const { stable, canary } = await lookAt(cluster, rollout);
    expect(stable?.problems).toEqual([]);
    expect(canary?.problems).toMatchObject([{ pod: 'checkout-canary-1' }]);
  });
});

describe('readWorkload', () => {
  it('gives the view of any Deployment, or nothing', async () => {
    const cluster = MemoryCluster.with(
      checkoutDeployment(),
      podOf('checkout-1', { app: 'checkout' }, crashing),
    );
    const target = { namespace: 'shop', name: 'checkout' };
    expect(await readWorkload(cluster, target)).toMatchObject({
      problems: [{ reason: 'CrashLoopBackOff' }],
    });
    expect(
      await readWorkload(cluster, { ...target, name: 'no' }),
    ).toBeUndefined();
  });
});
