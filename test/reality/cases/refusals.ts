import assert from 'node:assert/strict';
import { KubeObject } from '../cluster/KubeClient';
import { RealShop } from '../cluster/RealShop';
import { until } from '../cluster/until';
import { RealityCase } from '../playTogether';

/** No more than so many of something in the namespace. */
const quotaOf = (hard: Readonly<Record<string, string>>): KubeObject => ({
  plural: 'resourcequotas',
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'small' },
  spec: { hard },
});

/** Waits until the quota is more than words: it was counted what there is. */
async function untilCounted(shop: RealShop) {
  await until('the quota to count', async () => {
    const quota = await shop.cluster.client.get(
      shop.path('/api/v1', 'resourcequotas', 'small'),
    );
    const { hard, used = {} } = { ...quota.spec, ...quota.status };
    return Object.keys(hard).every(key => used[key] === hard[key]);
  });
}

/** What becomes of a release whose objects or pods the cluster does not take. */
export const refusals: readonly RealityCase[] = [
  {
    title:
      'a quota that leaves no room for pods of the canary is quoted, and ends the release at the deadline',
    shop: 'quota-pods',
    play: async (reality, name) => {
      const shop = await reality.shop(name, {
        replicas: 2,
        more: [['/api/v1', quotaOf({ pods: '2' })]],
      });
      await untilCounted(shop);
      const { id } = await reality.portal.roll(
        name,
        'shop/checkout:v2',
        'impatient',
      );
      await reality.until(
        id,
        ({ waitingFor }) =>
          waitingFor?.message.includes('exceeded quota: small') ?? false,
      );
      await reality.expectEnd(id, {
        phase: 'RolledBack',
        reason: 'DeadlineExceeded',
      });
      await shop.expectAsFound('shop/checkout:v1');
      assert(!reality.cluster.gateway.shares(name).includes(25));
    },
  },
  {
    title:
      'a cluster that would refuse the canary is quoted before the start, and nothing begins',
    shop: 'quota-objects',
    play: async (reality, name) => {
      const shop = await reality.shop(name, {
        more: [['/api/v1', quotaOf({ 'count/deployments.apps': '1' })]],
      });
      await untilCounted(shop);
      await assert.rejects(
        reality.portal.roll(name, 'shop/checkout:v2', 'impatient'),
        /exceeded quota: small/,
      );
      await shop.expectAsFound('shop/checkout:v1');
    },
  },
];
