import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Rollout } from 'backstage-plugin-canary-common';
import knexFactory from 'knex';
import { MetricsServer } from './__testUtils__/MetricsServer';
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
          query: '/quality#$.value',
          judge: { kind: 'threshold', max: 1 },
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
          ],
          analysis: {
            metrics: ['quality'],
            interval: '1s',
            gate: { duration: '2s' },
          },
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

/** Rollouts whose owner has a lease that is not over, as the database's file says. */
async function holders(): Promise<string[]> {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: {
      filename: path.join(directory, 'canary.sqlite'),
      options: { readonly: true },
    },
    useNullAsDefault: true,
  });
  try {
    return await knex('canary_rollouts')
      .join('canary_replicas', 'canary_replicas.id', 'lease_owner')
      .where('alive_until', '>', Date.now())
      .where('active', 1)
      .pluck('lease_owner');
  } finally {
    await knex.destroy();
  }
}

describe('a portal that is stopped', () => {
  it.each<[string, string, (rollout: Rollout) => boolean]>([
    ['in the midst of an analysis', 'v2', r => r.step.kind === 'analysis'],
    ['while it promotes', 'v3', r => r.phase === 'Promoting'],
  ])(
    '%s gives its lease up, and the next one takes the release to its end',
    async (_, tag, moment) => {
      const image = `shop/checkout:${tag}`;
      const { id } = await portal.roll('checkout', image, 'quick');
      const before = await portal.until(id, moment);
      expect(await holders()).toHaveLength(1);

      await portal.stop();
      expect(await holders()).toEqual([]);

      await portal.start();
      const { version } = await portal.rollout(id);
      expect(version).toBeGreaterThanOrEqual(before.version);
      await portal.untilPhase(id, 'Succeeded');
      expect(await shop.image('checkout')).toBe(image);
      const audit = await portal.get(`/rollouts/${id}/audit`);
      expect(audit.body).toMatchObject({ valid: true });
      const started = (await portal.events(id)).filter(
        ({ kind }) => kind === 'Started',
      );
      expect(started).toHaveLength(1);
    },
  );
});
