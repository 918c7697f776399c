import { checkoutDeployment, checkoutService } from '../workload/testing/shop';
import { CanaryPods } from './testing/CanaryPods';
import { allUp, Release } from './testing/Release';

const ROUTE = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  namespace: 'shop',
  name: 'checkout',
};
const PLAN = {
  steps: [
    { setWeight: 20 },
    { analysis: { metrics: ['errors'], interval: '1s', duration: '5s' } },
  ],
  analysis: {
    metrics: ['errors'],
    interval: '1s',
    from: 20,
    gate: { duration: '3s' },
    podHealth: false,
  },
};
const METRICS = {
  errors: {
    source: 'web',
    query: 'errors-{{ workload }}',
    judge: { kind: 'threshold', max: 1 },
  },
};

let release: Release;
let pods: CanaryPods;

/** Until the second step is measured. */
const watching = () =>
  release.until(({ analyses }) =>
    analyses.some(
      ({ scope, metrics }) => scope === 'step-1' && metrics[0].at !== undefined,
    ),
  );

async function open(plan: object = {}) {
  release = await Release.open({
    objects: [checkoutDeployment(), checkoutService()],
    plan: { ...PLAN, ...plan },
    metrics: METRICS,
    answers: { 'errors-checkout-canary': 0 },
  });
  pods = new CanaryPods(release.cluster);
  release.running = deployment =>
    deployment.metadata.name === 'checkout-canary'
      ? pods.settle(deployment)
      : allUp(deployment);
  await release.start({ image: 'shop/checkout:v2' });
  await watching();
}
afterEach(() => release.close());

/** The canary's share as the route has it. */
const shareOf = () => {
  const { rules } = release.cluster.read(ROUTE)!.spec as any;
  const backends: { name: string; weight?: number }[] = rules[0].backendRefs;
  return backends.find(({ name }) => name === 'checkout-canary')?.weight;
};

/** No node has room for other pods yet when the loss is seen. */
async function disrupt(how: 'evict' | 'evictOne' | 'delete' | 'crash') {
  pods.hasRoom = false;
  pods[how]();
  release.settle();
  await release.tick();
}

function makeRoom() {
  pods.hasRoom = true;
  release.settle();
}

describe('a canary pod that is evicted', () => {
  beforeEach(() => open());

  it('takes everybody off the canary, and the same step is done again', async () => {
    const before = release.events.length;
    await disrupt('evict');
    expect(release.rollout).toMatchObject({
      phase: 'Paused',
      holds: [{ reason: 'Disrupted', endsBy: 'data' }],
      analyses: [],
    });
    expect(shareOf()).toBe(0);

    for (let ticks = 0; ticks < 5; ticks++) await release.tick();
    expect(release.rollout.phase).toBe('Paused');
    makeRoom();
    const from = release.time;
    await watching();
    expect(release.rollout.phase).toBe('Progressing');
    expect(shareOf()).toBe(20);
    for (const { windowFrom } of release.rollout.analyses) {
      expect(windowFrom).toBeGreaterThanOrEqual(from);
    }
    await release.toTheEnd();
    expect(release.rollout.phase).toBe('Succeeded');

    const told = release.events.slice(before).map(({ message }) => message);
    expect(told.join('\n')).toMatch(
      new RegExp(
        [
          'The canary gets no traffic while its pods are away; it had 20 % of the traffic.',
          'Held \\(Disrupted\\): Every pod of checkout-canary was taken away, and none had crashed: checkout-canary-7c9-1: Evicted: The node was low on resource: memory.',
          'No longer held \\(Disrupted\\)',
          'Step 2 of 2 begins again: Watch errors for 5s',
          'The canary gets 20 % of the traffic; it had no traffic.',
          'Step 2 is done',
        ].join('[^]*'),
      ),
    );
  });

  it('is waited for twice in a rollout', async () => {
    await disrupt('evict');
    makeRoom();
    await watching();
    await disrupt('delete');
    expect(release.rollout).toMatchObject({ phase: 'Paused', disruptions: 2 });
    makeRoom();
    await watching();
    await disrupt('evict');
    expect(shareOf()).toBe(0);
    await release.toTheEnd();
    expect(release.rollout).toMatchObject({
      phase: 'RolledBack',
      outcome: { reason: 'CanaryDisrupted' },
    });
  });

  it('is not waited for longer than ten minutes', async () => {
    await disrupt('evict');
    const since = release.time;
    await release.toTheEnd();
    expect(release.rollout.outcome).toMatchObject({
      reason: 'CanaryDisrupted',
      message: expect.stringContaining('0 of 1 are available'),
    });
    expect(release.time - since).toBeGreaterThan(9 * 60_000);
  });
});

describe('a canary pod that crashes', () => {
  it('ends the release at once', async () => {
    await open();
    await disrupt('crash');
    expect(release.rollout).toMatchObject({
      phase: 'RollingBack',
      outcome: { reason: 'CanaryUnavailable' },
    });
    expect(shareOf()).toBe(0);
  });
});

describe('a plan that asks for two pods on different nodes', () => {
  beforeEach(() => open({ canary: { minReplicas: 2, spread: true } }));

  it('makes a canary that asks for them', () => {
    expect(release.rollout.desired.replicas).toBe(2);
    expect(
      release.template('checkout-canary').spec.topologySpreadConstraints,
    ).toMatchObject([
      {
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
      },
    ]);
  });

  it('goes on when one of them is evicted', async () => {
    await disrupt('evictOne');
    expect(release.rollout).toMatchObject({ phase: 'Progressing', holds: [] });
    expect(shareOf()).toBe(20);
    makeRoom();
    await release.toTheEnd();
    expect(release.rollout.phase).toBe('Succeeded');
  });
});
