import { rolloutFixture } from '../../store/testing/rolloutFixture';
import { MemoryCluster } from '../../kubernetes/testing/MemoryCluster';
import { checkoutDeployment, podOf } from '../../workload/testing/shop';
import { SimulatedClock } from '../../clock/testing/SimulatedClock';
import { watchRollout } from './watchRollout';

const { target } = rolloutFixture('checkout');
const ref = (kind: string, name: string, apiVersion = 'v1') => ({
  apiVersion,
  kind,
  namespace: 'shop',
  name,
});
const DEPLOYMENT = ref('Deployment', 'checkout', 'apps/v1');
const OURS = { 'canary/rollout': 'checkout' };

describe('watchRollout', () => {
  let cluster: MemoryCluster;
  let clock: SimulatedClock;
  let end: AbortController;
  let hints: number[];

  beforeEach(() => {
    cluster = MemoryCluster.with(
      checkoutDeployment(),
      checkoutDeployment({}, { name: 'payments', uid: 'uid-payments' }),
      podOf('canary-1', OURS),
      podOf('other-1', { app: 'payments' }),
    );
    clock = new SimulatedClock(0);
    end = new AbortController();
    hints = [];
    watchRollout({
      cluster,
      rollout: rolloutFixture('checkout', {
        target: { ...target, namespace: 'shop' },
      }),
      routeObjects: [ref('Service', 'checkout')],
      onChange: () => hints.push(clock.now()),
      throttleMs: 300,
      clock,
      signal: end.signal,
    });
  });
  afterEach(() => end.abort());

  it('tells a burst of changes once, its last one included', async () => {
    for (let change = 0; change < 5; change++) {
      cluster.touch(DEPLOYMENT);
      await clock.advance(50);
    }
    await clock.advance(1_000);
    expect(hints).toEqual([300]);

    cluster.touch(DEPLOYMENT);
    await clock.advance(1_000);
    expect(hints).toEqual([300, 1_550]);
  });

  it.each([
    ['the Deployment', 'a hint', DEPLOYMENT, 1],
    ['a pod of the canary', 'a hint', ref('Pod', 'canary-1'), 1],
    ['another Deployment', 'none', { ...DEPLOYMENT, name: 'payments' }, 0],
    ['another pod', 'none', ref('Pod', 'other-1'), 0],
  ])('takes a change of %s for %s', async (_what, _as, changed, wantHints) => {
    cluster.touch(changed);
    await clock.advance(1_000);
    expect(hints).toHaveLength(wantHints);
  });

  it('hears of the canary and the route, made only now', async () => {
    await cluster.create(
      checkoutDeployment({}, { name: 'checkout-canary', uid: undefined }),
    );
    await clock.advance(1_000);
    await cluster.create({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'checkout', namespace: 'shop' },
    });
    await clock.advance(1_000);
    expect(hints).toEqual([300, 1_300]);
  });

  it('says nothing once it ended, not even what it had heard', async () => {
    cluster.touch(DEPLOYMENT);
    end.abort();
    cluster.touch(DEPLOYMENT);
    await clock.advance(1_000);
    expect(hints).toEqual([]);
  });
});
