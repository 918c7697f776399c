import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Measurement } from 'backstage-plugin-canary-common';
import { answering, MetricsServer } from './__testUtils__/MetricsServer';
import { Portal } from './__testUtils__/Portal';
import { serviceEntity } from './__testUtils__/serviceEntity';
import { Shop } from './__testUtils__/Shop';

jest.setTimeout(90_000);

const directory = mkdtempSync(path.join(os.tmpdir(), 'canary-database-'));
const metrics = new MetricsServer();
let shop: Shop;
let portal: Portal;

beforeAll(async () => {
  await metrics.start();
  shop = await Shop.open();
  portal = await Portal.open({
    directory,
    entities: [
      serviceEntity('checkout', { 'canary/workload': 'deployment/checkout' }),
    ],
    canary: {
      clusters: [{ name: 'shop', url: shop.kubernetesUrl, token: 'any' }],
      metricSources: { web: { kind: 'web', url: metrics.url } },
      metrics: {
        quality: {
          source: 'web',
          query: '/of-{{ workload }}#$.value',
          judge: { kind: 'threshold', success: 'canary <= stable' },
          baseline: 'fresh',
        },
      },
      plans: {
        quick: {
          traffic: {
            router: 'gateway-api',
            route: { name: 'checkout' },
            settle: '0s',
            drain: '0s',
          },
          steps: [
            { setWeight: 10 },
            {
              analysis: {
                metrics: ['quality'],
                interval: '1s',
                duration: '2s',
              },
            },
            { setWeight: 50 },
            { pause: {} },
          ],
          analysis: 'none',
        },
      },
    },
  });
});
afterAll(async () => {
  await portal?.stop();
  await shop?.close();
  await metrics.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Pods of `checkout` and of what is made beside it, by the name of their Deployment. */
async function behindTheService(): Promise<string[]> {
  const pods = await shop.podsBehind('checkout');
  return pods.map(name => name.replace(/-[a-z0-9]+-[a-z0-9]+$/, ''));
}

describe('a rollout that compares with a fresh baseline', () => {
  beforeEach(() => shop.settle());

  it('brings one as large as the canary, measures it, and leaves nothing after an abort', async () => {
    metrics.set('of-checkout-baseline', answering('{"value": 2}'));
    const before = await shop.snapshot();
    const { id } = await portal.roll('checkout', 'shop/checkout:v2', 'quick');
    await portal.until(id, ({ weight }) => weight.observed === 50);

    const replicas = await shop.replicas();
    expect(replicas['checkout-baseline']).toBe(replicas['checkout-canary']);
    const serving = await behindTheService();
    expect(serving.filter(name => name === 'checkout-baseline')).toHaveLength(
      replicas['checkout-baseline'],
    );
    expect(serving).not.toContain('checkout-canary');
    expect(
      await shop.podsBehind('checkout-canary').then(pods => pods.join()),
    ).not.toContain('baseline');

    const { items } = (await portal.get(`/rollouts/${id}/measurements`)).body;
    const [first] = items as Measurement[];
    expect(first).toMatchObject({
      canary: 0.5,
      stable: 2,
      baseline: 'fresh',
      verdict: 'Pass',
    });
    expect(first.rule).toContain('(compared with a fresh baseline)');

    await portal.post(`/rollouts/${id}/commands`, { command: 'abort' });
    await portal.untilPhase(id, 'RolledBack');
    expect(await shop.snapshot()).toEqual(before);
  });

  it('has none left after a promotion by another portal than the one that made it', async () => {
    const { id } = await portal.roll('checkout', 'shop/checkout:v2', 'quick');
    const kind = 'analysis';
    await portal.until(id, ({ step }) => step.kind === kind);
    expect(await shop.replicas()).toHaveProperty('checkout-baseline');
    await portal.stop();
    await portal.start();
    const { version } = await portal.until(
      id,
      ({ phase, step }) => phase === 'Paused' && step.kind === 'pause',
    );
    await portal.post(`/rollouts/${id}/commands`, {
      command: 'promote',
      expectedVersion: version,
    });
    await portal.until(id, ({ phase }) => phase === 'Promoting');
    await portal.untilPhase(id, 'Succeeded');
    expect(await shop.image('checkout')).toBe('shop/checkout:v2');
    const names = Object.keys(await shop.replicas());
    expect(names.filter(name => /-(baseline|canary)$/.test(name))).toEqual([]);
  });

  it('does not start where somebody else has the name of the baseline', async () => {
    await shop.add('checkout-baseline');
    const entityRef = 'component:default/checkout';
    const request = { entityRef, image: 'shop/checkout:v3', plan: 'quick' };
    const { status, body } = await portal.post('/rollouts/preview', request);
    expect(status).toBe(400);
    expect(body.error.message).toContain(
      'Deployment shop/checkout-baseline exists already and does not belong to this rollout',
    );
  });
});
