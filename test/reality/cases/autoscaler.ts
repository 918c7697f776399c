import assert from 'node:assert/strict';
import { KubeObject } from '../cluster/KubeClient';
import { LoadMeter } from '../cluster/LoadMeter';
import { until } from '../cluster/until';
import { RealityCase } from '../playTogether';

const API = '/apis/autoscaling/v1';

/** Between two and six pods, each of which is to use half of what it asks for. */
const hpa: KubeObject = {
  plural: 'horizontalpodautoscalers',
  apiVersion: 'autoscaling/v1',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'checkout' },
  spec: {
    minReplicas: 2,
    maxReplicas: 6,
    targetCPUUtilizationPercentage: 50,
    scaleTargetRef: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'checkout',
    },
  },
};

/** What autoscalers do beside a release. */
export const autoscaler: readonly RealityCase[] = [
  {
    title:
      'an autoscaler takes no pod from the stable while users are on the canary, and gets its floor back',
    shop: 'hpa',
    play: async (reality, name) => {
      const { client } = reality.cluster;
      const load = new LoadMeter(client, name, '50m');
      try {
        const shop = await reality.shop(name, {
          replicas: 4,
          container: { resources: { requests: { cpu: '100m' } } },
          more: [[API, hpa]],
        });
        const scaler = shop.path(API, 'horizontalpodautoscalers', 'checkout');
        const id = await reality.roll(
          name,
          'shop/checkout:v2',
          'held',
          ({ phase }) => phase === 'Paused',
        );
        await load.set('1m');
        // It has seen that nobody needs four pods.
        await until('the autoscaler to see the load', async () => {
          const { status } = await client.get(scaler);
          return status.currentCPUUtilizationPercentage === 1;
        });
        const held = await client.get(scaler);
        assert.equal(held.spec.minReplicas, 4);
        const stable = await client.get(shop.deployment());
        assert.equal(stable.spec.replicas, 4);

        await reality.portal.command(id, 'promote');
        await reality.expectEnd(id, { phase: 'Succeeded' });
        await until('the autoscaler to take its pods', async () => {
          const { spec } = await client.get(shop.deployment());
          return spec.replicas === 2;
        });
        await shop.expectAsFound('shop/checkout:v2', 2);
      } finally {
        await load.stop();
      }
    },
  },
];
