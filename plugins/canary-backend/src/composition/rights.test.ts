import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { KubernetesObject } from 'backstage-plugin-canary-node';
import { deploymentRef } from '../kubernetes/objects/refs';
import {
  checkoutDeployment,
  checkoutHpa,
  checkoutService,
} from '../workload/testing/shop';
import { Release } from './testing/Release';

const V1 = { image: 'shop/checkout:v1' };
const V2 = { image: 'shop/checkout:v2' };
const SHOP = [checkoutDeployment(), checkoutService(), checkoutHpa()];

const METRICS = {
  latency: {
    source: 'web',
    query: 'latency-{{ workload }}',
    judge: { kind: 'comparison', maxIncrease: 50 },
  },
};
const ANALYSIS = {
  metrics: ['latency'],
  podHealth: false,
  interval: '1s',
  gate: { duration: '3s' },
};

// Several whole rollouts a test; a busy machine takes its time over them.
jest.setTimeout(60_000);

let release: Release;
afterEach(() => release.close());

async function open(
  plan: object = {},
  objects: readonly KubernetesObject[] = SHOP,
): Promise<Release> {
  release = await Release.open({
    objects,
    plan,
    metrics: METRICS,
    answers: Object.fromEntries(
      ['', '-canary', '-baseline'].map(one => [`latency-checkout${one}`, 10]),
    ),
  });
  return release;
}

/** `patch Deployment`, each once. */
const kindsOf = (requests: readonly string[]) =>
  [
    ...new Set(requests.map(one => one.split(' ').slice(0, 2).join(' '))),
  ].sort();

const asked = () => kindsOf(release.cluster.reviews);

const refusalOf = (asking: Promise<unknown>): Promise<string> =>
  asking.then(
    () => {
      throw new Error('It was not refused');
    },
    ({ message }) => message,
  );

describe('what a rollout will ask of its cluster is asked before', () => {
  const rollouts: [string, object][] = [
    ['weights', {}],
    [
      'headers, a mirror and pods of its own',
      {
        steps: [
          { setReplicas: 3 },
          { headerRoute: { name: 'beta', header: 'x-beta', value: 'yes' } },
          { mirror: 10 },
          { setWeight: 20 },
        ],
      },
    ],
    [
      'pods that share the traffic',
      { traffic: { router: 'replica-ratio', settle: '0s', drain: '0s' } },
    ],
    ['a fresh baseline', { analysis: { ...ANALYSIS, baseline: 'fresh' } }],
    ['nothing but observing', { analysis: ANALYSIS, observeOnly: true }],
  ];
  const endings: [string, (one: Release) => Promise<unknown>][] = [
    ['succeeds', one => one.toTheEnd()],
    [
      'is aborted while users are on it',
      async one => {
        await one.until(({ verified }) => verified.exposure.weight > 0);
        await (await one.command('abort')).toTheEnd();
      },
    ],
    [
      'is aborted half promoted',
      async one => {
        await one.until(({ promotion }) => promotion !== undefined);
        await (await one.command('abort')).toTheEnd();
      },
    ],
  ];

  it.each(rollouts)(
    'for one with %s, whichever way it goes',
    async (_, plan) => {
      const made = new Set<string>();
      for (const [, end] of endings) {
        await open(plan);
        await release.start('observeOnly' in plan ? V1 : V2);
        const { requests } = release.cluster;
        const before = requests.length;
        await end(release);
        const since = kindsOf(requests.slice(before));
        expect(asked()).toEqual(expect.arrayContaining(since));
        for (const one of since) made.add(one);
        await release.close();
      }
      // Only the controller watches; its watches begin with a list.
      const unused = asked().filter(one => !made.has(one));
      expect(unused.filter(one => !/^(list|watch) /.test(one))).toEqual([]);
      expect(unused).toContain('watch Pod');
      expect(asked()).toContain('delete Service');
    },
  );

  it('for one that puts previous images back', async () => {
    await open();
    await (await release.start(V2)).toTheEnd();
    release.cluster.reviews.length = 0;
    await release.command('rollback');
    const { requests } = release.cluster;
    const before = requests.length;
    await release.toTheEnd();
    expect(asked()).toEqual(
      expect.arrayContaining(kindsOf(requests.slice(before))),
    );
    expect(asked()).toContain('patch Deployment');
    expect(asked()).not.toContain('create Deployment');
  });
});

describe('a right that is missing', () => {
  it.each([
    ['patch Deployment', 'patch deployments.apps'],
    ['create Deployment', 'create deployments.apps'],
    ['delete Service', 'delete services'],
    ['patch HTTPRoute', 'patch httproutes.gateway.networking.k8s.io'],
    ['get HorizontalPodAutoscaler', 'get horizontalpodautoscalers.autoscaling'],
  ])('refuses preview and start: %s', async (forbidden, right) => {
    await open();
    release.cluster.forbidden.add(forbidden);
    const wanted = `the portal may not ${right} in namespace shop; let its service account in cluster eu do so`;
    expect(await refusalOf(release.preview(V2))).toContain(wanted);
    expect(await refusalOf(release.start(V2))).toContain(wanted);
    expect(release.cluster.writes).toEqual([]);
  });

  it('is told with all the others, and with what else is wrong', async () => {
    await open({}, [
      checkoutDeployment({ strategy: { type: 'Recreate' } }),
      checkoutService(),
    ]);
    for (const one of ['create', 'delete', 'patch']) {
      release.cluster.forbidden.add(`${one} Deployment`);
    }
    release.cluster.forbidden.add('create Service');
    const told = await refusalOf(release.preview(V2));
    expect(told).toContain('its strategy is Recreate');
    expect(told).toContain(
      'may not create, patch and delete deployments.apps in namespace shop, nor create services in namespace shop;',
    );
    expect(told.match(/in a dry run/)).toBeNull();
  });

  it('refuses no rollout that does not need it', async () => {
    const plan = { analysis: ANALYSIS, observeOnly: true };
    await open(plan);
    await release.preview(V1);
    expect(release.cluster.requests).not.toContainEqual(
      'patch Deployment shop/checkout in a dry run',
    );
    await release.close();
    await open({ traffic: { router: 'replica-ratio' } });
    release.cluster.forbidden.add('patch HTTPRoute');
    await release.preview(V2);
  });

  it('is a warning where the rollout goes on without', async () => {
    await open({ acceptCapacityRisk: true });
    release.cluster.forbidden.add('watch Pod');
    release.cluster.forbidden.add('patch HorizontalPodAutoscaler');
    const { warnings } = await release.preview(V2);
    expect(warnings).toContain(
      'The portal may not watch pods in namespace shop; the rollout goes on without.',
    );
    // What a missing floor means is told where the HPA is read, and once.
    const ofHpa = warnings.filter(one => /horizontalpodautoscaler/i.test(one));
    expect(ofHpa).toEqual([expect.stringContaining('capacity at an abort')]);
  });

  it.each(['get', 'create', 'delete'])(
    'to %s Leases is told once, with what it means, and none is asked for then',
    async verb => {
      await open();
      release.cluster.forbidden.add(`${verb} Lease`);
      const { warnings } = await release.preview(V2);
      expect(warnings.filter(one => /leases?\b/i.test(one))).toEqual([
        expect.stringContaining(
          'an object which arrives after the end of the rollout is not removed by the cluster itself',
        ),
      ]);
      await (await release.start(V2)).toTheEnd();
      expect(release.rollout.outcome?.reason).toBe('Promoted');
      expect(release.cluster.writes.join()).not.toContain('Lease');
    },
  );

  it('refuses to put previous images back', async () => {
    await open();
    await (await release.start(V2)).toTheEnd();
    release.cluster.forbidden.add('patch Deployment');
    expect(await refusalOf(release.command('rollback'))).toContain(
      'may not patch deployments.apps',
    );
  });

  it.each([
    ['refuses to say', () => new NotAllowedError('no reviews here')],
    ['cannot say', () => new ServiceUnavailableError('404, whatever that is')],
  ])('is nobody’s word where the cluster %s', async (_, errorOf) => {
    await open();
    release.cluster.may = async () => {
      throw errorOf();
    };
    const { warnings } = await release.preview(V2);
    expect(warnings).toContain(
      `Not tried before the start: whether the portal may do all that the rollout needs (${
        errorOf().message
      }).`,
    );
    await (await release.start(V2)).toTheEnd();
    expect(release.rollout.outcome?.reason).toBe('Promoted');
  });
});

describe('admission', () => {
  const WORDS =
    'admission webhook "shop" denied the request: say whose it is in app.kubernetes.io/managed-by';
  const owned = (object: KubernetesObject) =>
    object.metadata.labels?.['app.kubernetes.io/managed-by']
      ? undefined
      : 'say whose it is in app.kubernetes.io/managed-by';

  it('refuses by its own words what we make, before anything is made', async () => {
    const metadata = { labels: { 'app.kubernetes.io/managed-by': 'Helm' } };
    await open({}, [checkoutDeployment({}, metadata), checkoutService()]);
    release.cluster.admission = object =>
      object.kind === 'Deployment' ? owned(object) : undefined;
    expect(await refusalOf(release.preview(V2))).toContain(WORDS);
    expect(await refusalOf(release.start(V2))).toContain(WORDS);
    expect(release.cluster.writes).toEqual([]);
  });

  it.each([
    ['the promotion', 'Deployment', 'checkout'],
    ['the first weight', 'HTTPRoute', 'checkout'],
    ['the canary’s Service', 'Service', 'checkout-canary'],
    ['the floor', 'HorizontalPodAutoscaler', 'checkout'],
  ])('refuses %s', async (_, kind, name) => {
    await open();
    release.cluster.admission = object =>
      object.kind === kind && object.metadata.name === name
        ? 'not on Fridays'
        : undefined;
    expect(await refusalOf(release.preview(V2))).toContain(
      'denied the request: not on Fridays',
    );
    expect(release.cluster.writes).toEqual([]);
  });

  it('refuses nothing that is never written', async () => {
    await open();
    release.cluster.admission = ({ kind }) =>
      kind === 'ConfigMap' ? 'no' : undefined;
    const { warnings } = await release.preview(V2);
    expect(warnings.filter(one => one.startsWith('Not tried'))).toEqual([]);
    expect(release.cluster.writes).toEqual([]);
  });

  it('that cannot be tried refuses nothing, and that is said', async () => {
    await open();
    release.cluster.isDryRunRefused = true;
    const { warnings } = await release.preview(V2);
    expect(warnings).toContain(
      'Not tried before the start: whether the cluster takes create Lease shop/checkout-canary, create Deployment shop/checkout-canary, create Service shop/checkout-canary, patch HorizontalPodAutoscaler shop/checkout, patch HTTPRoute shop/checkout, patch Deployment shop/checkout (admission webhook "shop" does not support dry run).',
    );
    await (await release.start(V2)).toTheEnd();
  });

  it('of a cluster without dry runs is not tried either', async () => {
    await open();
    Object.assign(release.cluster, { dryRun: undefined });
    const { warnings } = await release.preview(V2);
    expect(warnings).toContainEqual(
      expect.stringContaining('(cluster "eu" offers no dry run).'),
    );
  });

  it.each([
    ['makes nothing', 'Initializing', 'checkout-canary'],
    ['replaces nothing', 'Promoting', 'checkout'],
  ])(
    'that changes its mind is heard while it %s, and ends no rollout',
    async (_, phase, name) => {
      await (await open()).start(V2);
      const { cluster } = release;
      cluster.admission = ({ kind, metadata }) =>
        kind === 'Deployment' && metadata.name === name
          ? 'not on Fridays'
          : undefined;
      await release.until(({ waitingFor }) =>
        Boolean(waitingFor?.message.includes('not on Fridays')),
      );
      expect(release.rollout.phase).toBe(phase);
      expect(release.rollout.waitingFor?.message).toMatch(
        /The last write was refused: admission webhook "shop" denied the request: not on Fridays$/,
      );
      cluster.admission = () => undefined;
      await release.toTheEnd();
      expect(release.rollout.outcome?.reason).toBe('Promoted');
    },
  );

  it('has been tried on the very objects that are then written', async () => {
    await open();
    const tried: unknown[] = [];
    const { cluster } = release;
    cluster.admission = object => {
      tried.push([object.kind, object.metadata.labels, object.spec]);
      return undefined;
    };
    await release.start(V2);
    const { id } = release.rollout;
    const before = JSON.parse(JSON.stringify(tried).replaceAll(id, 'ID'));
    tried.length = 0;
    await release.until(({ promotion }) => promotion !== undefined);
    const written = JSON.parse(JSON.stringify(tried).replaceAll(id, 'ID'));
    const ofKind = (list: unknown[][], kind: string) =>
      list.filter(one => one[0] === kind);
    expect(before.length).toBe(6);
    expect(ofKind(written, 'Service')).toEqual(ofKind(before, 'Service'));
    const [canary] = ofKind(before, 'Deployment');
    const ref = deploymentRef('shop', 'checkout-canary');
    expect(Object(cluster.read(ref)!.spec).template.spec).toEqual(
      (canary[2] as any).template.spec,
    );
  });
});
