import assert from 'node:assert/strict';
import { until } from '../cluster/until';
import { RealityCase } from '../playTogether';

/** One create of these objects arrives once its rollout is over, as a slow proxy would have it. */
const lateCreateOf = (
  what: string,
  shop: string,
  [api, resource]: readonly [api: string, resource: string],
): RealityCase => ({
  title: `a create of ${what} that arrives after its retry and after the end leaves nothing, and keeps no start from coming`,
  shop,
  play: async (reality, name) => {
    const opened = await reality.shop(name);
    let sendOn: (() => Promise<number>) | undefined;
    reality.proxy.treat(name, ({ method, path }) => {
      const [collection, query = ''] = path.split('?');
      const isMeant =
        method === 'POST' &&
        collection.endsWith(`/${resource}`) &&
        !query.includes('dryRun');
      return isMeant && !sendOn
        ? {
            hold: send => {
              sendOn = send;
            },
          }
        : 'pass';
    });
    const id = await reality.roll(
      name,
      'shop/checkout:v2',
      'held',
      ({ phase }) => phase === 'Paused',
    );
    await reality.portal.command(id, 'abort');
    await reality.expectEnd(id, { phase: 'RolledBack', reason: 'Aborted' });
    await opened.expectAsFound('shop/checkout:v1');

    assert.equal(await sendOn?.(), 201);
    // Who has an owner goes by the cluster itself; the lock waits for the next start.
    if (resource !== 'leases') {
      const late = opened.path(api, resource, 'checkout-canary');
      const { client } = reality.cluster;
      await until('what arrived late to be gone', async () => {
        return (await client.find(late)) === undefined;
      });
      await opened.expectAsFound('shop/checkout:v1');
    }
    const { id: next } = await reality.portal.roll(
      name,
      'shop/checkout:v2',
      'quick',
    );
    await reality.expectEnd(next, { phase: 'Succeeded' });
    await opened.expectAsFound('shop/checkout:v2');
  },
});

/** What becomes of creates whose answer nobody waits for any more. */
export const lateCreates: readonly RealityCase[] = [
  lateCreateOf("the canary's Deployment", 'late-deployment', [
    '/apis/apps/v1',
    'deployments',
  ]),
  {
    ...lateCreateOf("the canary's Service", 'late-service', [
      '/api/v1',
      'services',
    ]),
    long: true,
  },
  lateCreateOf('the lock', 'late-lock', [
    '/apis/coordination.k8s.io/v1',
    'leases',
  ]),
];
