import { KubernetesObject } from 'backstage-plugin-canary-node';
import { deploymentRef } from '../kubernetes/objects/refs';
import { specOf } from '../workload/manifests/manifests';
import {
  checkoutDeployment,
  checkoutService,
  podOf,
} from '../workload/testing/shop';
import { Release } from './testing/Release';

const V1 = 'shop/checkout:v1';
const V2 = 'shop/checkout:v2';

/** A pod of the stable's of a template, which waits for this reason where it is given one. */
const pod = (name: string, hash: string, reason?: string): KubernetesObject =>
  podOf(
    name,
    { app: 'checkout', tier: 'web', 'pod-template-hash': hash },
    {
      containerStatuses: [
        {
          name: 'checkout',
          state: reason ? { waiting: { reason } } : { running: {} },
        },
      ],
    },
  );

const METRICS = {
  errors: {
    source: 'web',
    query: 'errors-{{ workload }}',
    judge: { kind: 'threshold', max: 1 },
  },
  latency: {
    source: 'web',
    query: 'latency-{{ workload }}',
    judge: { kind: 'comparison', maxIncrease: 50 },
  },
};
const GATED = {
  steps: [
    { setWeight: 50 },
    { analysis: { metrics: ['latency'], interval: '1s', duration: '3s' } },
  ],
  analysis: {
    metrics: ['errors', 'latency'],
    interval: '1s',
    gate: { duration: '3s' },
  },
};
const JUST_COMPARES = {
  analysis: { ...GATED.analysis, metrics: ['latency'] },
};

let release: Release;
const open = async (
  pods: KubernetesObject[],
  options: Partial<Parameters<typeof Release.open>[0]> = {},
) => {
  release = await Release.open({
    objects: [checkoutDeployment(), checkoutService(), ...pods],
    metrics: METRICS,
    ...options,
  });
  return release;
};
afterEach(() => release.close());

/** As many pods of the stable are ready as this; of whatever has the new version all. */
function onlyReady(ready: number, more: object = {}) {
  release.running = deployment => {
    const { replicas = 1, template } = specOf(deployment);
    const isFixed = template.spec.containers.some(({ image }) => image === V2);
    const pods = isFixed ? replicas : ready;
    return {
      replicas,
      updatedReplicas: replicas,
      readyReplicas: pods,
      availableReplicas: pods,
      ...(!isFixed && more),
    };
  };
  release.edit(() => {});
}

const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => {
      throw new Error('It was not refused');
    },
    error => error as Error & { overrides?: string[] },
  );

describe('a start beside pods that are missing', () => {
  it('is not refused for one of them, and says how many there are', async () => {
    await open([pod('p1', '7c9'), pod('p2', '7c9')]);
    onlyReady(3, { replicas: 3, updatedReplicas: 3 });
    const { warnings } = await release.preview({ image: V2 });
    expect(warnings).toContainEqual(
      'Only 3 of 4 pods of the stable are ready; the canary is planned beside 4.',
    );
    await (
      await release.start({ image: V2 })
    ).until(({ desired }) => desired.exposure.weight === 50);
    expect(release.rollout.desired.replicas).toBe(2);
    expect(release.rollout.warnings).toEqual(warnings);
  });

  it.each([
    [4, 'Send 20 % to the canary'],
    [2, 'beside 2 stable pods the nearest share to 20 % is 33.33 %'],
  ])(
    'is measured by the %s that are ready where pods share the traffic',
    async (ready, words) => {
      const traffic = { router: 'replica-ratio', service: 'checkout' };
      await open([], { plan: { traffic, steps: [{ setWeight: 20 }] } });
      onlyReady(ready);
      const answer = await release.preview({ image: V2 }).then(
        ({ steps }) => steps[0].title,
        error => error.message,
      );
      expect(answer).toContain(words);
    },
  );

  it.each<[string, KubernetesObject[], object]>([
    ['pods of two templates live', [pod('p1', '7c9'), pod('p2', '5f2')], {}],
    [
      'the Deployment counts old ones',
      [pod('p1', '7c9')],
      { replicas: 5, updatedReplicas: 4 },
    ],
  ])('waits for a rolling update while %s', async (_, pods, status) => {
    await open(pods);
    onlyReady(4, status);
    const { message } = await refusal(release.start({ image: V2 }));
    expect(message).toContain('a rolling update of it is not finished');
  });
});

describe('a start over a stable that is broken', () => {
  const CRASHING = [pod('p1', '7c9', 'CrashLoopBackOff')];
  const ACCEPTED = { image: V2, acceptBrokenStable: true };
  const healthy = {
    'errors-checkout-canary': 0.5,
    'latency-checkout-canary': 9,
  };

  it.each([
    ['its pods crash', CRASHING, 'p1: container checkout waits (CrashLoop'],
    [
      'its image cannot be pulled',
      [pod('p1', '7c9', 'ImagePullBackOff')],
      'p1: container checkout waits (ImagePullBackOff)',
    ],
    ['there are none', [], 'none of its 4 pods is ready;'],
  ])('is refused with the way on, where %s', async (_, pods, words) => {
    await open(pods);
    onlyReady(0);
    const { name, message, overrides } = await refusal(
      release.preview({ image: V2 }),
    );
    expect(name).toBe('InputError');
    expect(message).toContain('none of its 4 pods is ready');
    expect(message).toContain(words);
    expect(message).toContain('acceptBrokenStable: true');
    expect(overrides).toEqual(['acceptBrokenStable']);
  });

  it('brings the fix to every pod, judged by absolute limits alone', async () => {
    await open(CRASHING, { plan: GATED, answers: healthy });
    onlyReady(0);
    const preview = await release.preview(ACCEPTED);
    expect(Object.keys(preview.plan.metrics)).toEqual(['errors']);
    expect(preview.steps[1].title).toBe('Watch errors for 3s');
    expect(preview.warnings).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^The stable is broken and will be replaced: none/,
        ),
        'Only absolute limits judge: errors. Not asked, because they compare with the stable: latency, pod-health.',
      ]),
    );

    await release.start(ACCEPTED);
    expect(release.events[0]).toMatchObject({
      kind: 'Started',
      actor: 'user:default/jane',
      message: expect.stringContaining('replacing a stable that is broken'),
      data: { brokenStable: expect.stringContaining('none of its 4 pods') },
    });
    await release.until(({ desired }) => desired.exposure.weight === 50);
    expect(release.rollout.desired.replicas).toBe(2);
    await release.toTheEnd();
    expect(release.rollout.outcome?.reason).toBe('Promoted');
    const asked = release.events
      .filter(({ data }) => data.analysis === 'opened')
      .map(({ data }) => [data.scope, data.metrics]);
    expect(asked).toEqual([
      ['step-1', ['errors']],
      ['gate', ['errors']],
    ]);
    const { containers } = release.template('checkout').spec;
    expect(containers[0].image).toBe(V2);
  });

  it('is taken back by an absolute limit', async () => {
    const answers = { ...healthy, 'errors-checkout-canary': 7 };
    await open(CRASHING, { plan: GATED, answers });
    onlyReady(0);
    await (await release.start(ACCEPTED)).toTheEnd();
    expect(release.rollout.outcome?.reason).toBe('MetricFailed');
    const stable = release.cluster.read(deploymentRef('shop', 'checkout'))!;
    expect(specOf(stable).template.spec.containers[0].image).toBe(V1);
  });

  it.each<[string, number, object, string]>([
    [
      'every metric compares',
      0,
      JUST_COMPARES,
      'every metric of the analysis of plan careful compares with the stable (latency, pod-health); use a plan with absolute thresholds',
    ],
    [
      'a step has no metric but such',
      0,
      { ...GATED, analysis: 'none' },
      'step 2 of plan careful (Watch latency for 3s) has no metric but those that compare with the stable; use a plan with absolute thresholds',
    ],
    [
      'nothing is broken',
      4,
      {},
      '4 of its 4 pods are ready, so that there is something to compare with; start without acceptBrokenStable',
    ],
    [
      'the plan only observes',
      0,
      { ...GATED, observeOnly: true },
      'plan careful only observes, and nothing can be observed beside a stable that is broken',
    ],
    [
      'pods share the traffic',
      0,
      { traffic: { router: 'replica-ratio', service: 'checkout' } },
      'the canary would get every request at once',
    ],
  ])('is refused where %s', async (_, ready, plan, words) => {
    await open(ready === 0 ? CRASHING : [], { plan });
    onlyReady(ready);
    const image = 'observeOnly' in plan ? V1 : V2;
    const { message } = await refusal(release.start({ ...ACCEPTED, image }));
    expect(message).toContain(words);
  });

  it('compares with the pods that are ready where nobody asked for less', async () => {
    await open(CRASHING, { plan: GATED });
    onlyReady(3);
    const preview = await release.preview({ image: V2 });
    expect(Object.keys(preview.plan.metrics)).toEqual([
      'errors',
      'latency',
      'pod-health',
    ]);
    expect(preview.warnings).toContainEqual(
      expect.stringMatching(/^Only 3 of 4 pods .*\(p1: container checkout/),
    );
    const { plan } = await release.preview(ACCEPTED);
    expect(Object.keys(plan.metrics)).toEqual(['errors']);
  });

  it('leaves the stable scaled to 0 to whoever did it, and never calls that done', async () => {
    const plan = { ...GATED, deadline: '30s' };
    await open(CRASHING, { plan, answers: healthy });
    onlyReady(0);
    await release.start(ACCEPTED);
    release.edit(spec => Object.assign(spec, { replicas: 0 }));
    await release.toTheEnd();
    expect(release.rollout.outcome?.reason).toBe('DeadlineExceeded');
  });
});
