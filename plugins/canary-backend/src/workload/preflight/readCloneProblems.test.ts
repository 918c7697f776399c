import { KubernetesObject } from 'backstage-plugin-canary-node';
import { readCloneProblems, readServices } from './readCloneProblems';
import { MemoryCluster } from '../../kubernetes/testing/MemoryCluster';
import { checkoutDeployment, checkoutService } from '../testing/shop';

const TARGET = { namespace: 'shop', name: 'checkout' };

const policy = (name: string, podSelector: object): KubernetesObject =>
  ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'shop' },
    spec: { podSelector },
  } as KubernetesObject);

const check = (objects: KubernetesObject[], keepServiceLabels = false) =>
  readCloneProblems(
    MemoryCluster.with(checkoutDeployment(), checkoutService(), ...objects),
    TARGET,
    { stableService: 'checkout', keepServiceLabels },
  );

describe('readCloneProblems', () => {
  it('has nothing to say where all select by labels that change', async () => {
    expect(
      await check([
        checkoutService('twin', { app: 'checkout' }),
        checkoutService('narrow', { app: 'checkout', tier: 'web' }),
        checkoutService('other', { app: 'database' }),
        checkoutService('by-hand', {}),
      ]),
    ).toEqual({ refusals: [], warnings: [] });
  });

  it.each([
    ['a label that stays', { tier: 'web' }],
    ["the canary's own label", { app: 'checkout-canary' }],
  ])('refuses a Service that selects by %s', async (_, selector) => {
    const { refusals } = await check([checkoutService('all-web', selector)]);
    expect(refusals).toEqual([
      expect.stringContaining(
        "Service all-web would select the canary's pods as well",
      ),
    ]);
  });

  it('only warns of such a Service where pods are the traffic', async () => {
    const twin = checkoutService('twin', { app: 'checkout' });
    const { refusals, warnings } = await check([twin], true);
    expect(refusals).toEqual([]);
    expect(warnings).toEqual([
      expect.stringContaining("Service twin selects the canary's pods as well"),
    ]);
  });

  it.each([
    [
      'the very labels of the Service',
      { app: 'checkout' },
      ['runs as many pods', 'an autoscaler or a disruption budget'],
    ],
    ['another label', { app: 'checkout', tier: 'web' }, ['runs as many pods']],
  ])(
    'says that a fresh baseline runs, and who counts it where the Deployment selects by %s',
    async (_, matchLabels, words) => {
      const { refusals, warnings } = await readCloneProblems(
        MemoryCluster.with(
          checkoutDeployment({ selector: { matchLabels } }),
          checkoutService(),
        ),
        TARGET,
        { stableService: 'checkout', freshBaseline: true },
      );
      expect(refusals).toEqual([]);
      expect(warnings).toEqual(words.map(one => expect.stringContaining(one)));
    },
  );

  it('lists policies that leave the canary out', async () => {
    const { warnings } = await check([
      policy('own', { matchLabels: { app: 'checkout' } }),
      policy('web', { matchLabels: { tier: 'web' } }),
      policy('everything', {}),
      policy('database', { matchLabels: { app: 'database' } }),
    ]);
    expect(warnings).toEqual([
      "NetworkPolicy own applies to the stable's pods only, not to the canary's.",
    ]);
  });

  it('passes over what it may not list', async () => {
    const cluster = MemoryCluster.with(checkoutDeployment(), checkoutService());
    cluster.forbidden.add('list NetworkPolicy');
    await expect(
      readCloneProblems(cluster, TARGET, { stableService: 'checkout' }),
    ).resolves.toEqual({ refusals: [], warnings: [] });
  });
});

describe('readServices', () => {
  it('leaves out the Services of rollouts', async () => {
    const ours = checkoutService('checkout-canary', { 'canary/rollout': 'r1' });
    const cluster = MemoryCluster.with(checkoutService(), {
      ...ours,
      metadata: { ...ours.metadata, labels: { 'canary/rollout': 'r1' } },
    });
    expect(await readServices(cluster, 'shop')).toEqual([
      { name: 'checkout', selector: { app: 'checkout' } },
    ]);
  });
});
