import assert from 'node:assert/strict';
import { Rollout } from 'backstage-plugin-canary-common';
import { KubeObject } from '../cluster/KubeClient';
import { RealityCase } from '../playTogether';

/** policy/v1 came after the server of these tests; a newer one answers both alike. */
const API = '/apis/policy/v1beta1';

const budget: KubeObject = {
  plural: 'poddisruptionbudgets',
  apiVersion: 'policy/v1beta1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'checkout' },
  spec: { minAvailable: 3, selector: { matchLabels: { app: 'checkout' } } },
};

/** What becomes of a release when nodes go. */
export const disruptions: readonly RealityCase[] = [
  {
    title: 'pods of the stable that move within their budget disturb nothing',
    shop: 'budget',
    play: async (reality, name) => {
      const { kubelet } = reality.cluster;
      const shop = await reality.shop(name, {
        replicas: 4,
        more: [[API, budget]],
      });
      const id = await reality.roll(
        name,
        'shop/checkout:v2',
        'held',
        ({ phase }) => phase === 'Paused',
      );
      const [canary] = await shop.pods('shop/checkout:v2');
      const stable = await shop.pods('shop/checkout:v1');
      await kubelet.evict(
        stable.filter(({ spec }) => spec.nodeName !== canary.spec.nodeName),
      );
      const { phase } = await reality.portal.rollout(id);
      assert.equal(phase, 'Paused');
      await reality.portal.command(id, 'promote');
      await reality.expectEnd(id, { phase: 'Succeeded' });
      await shop.expectAsFound('shop/checkout:v2');
    },
  },
  {
    title:
      'a canary whose pod is evicted loses its users until another is there, and gets them again',
    shop: 'evicted',
    play: async (reality, name) => {
      const { gateway, kubelet } = reality.cluster;
      const shop = await reality.shop(name);
      const isHeldBy =
        (reason: string) =>
        ({ holds: [hold] }: Pick<Rollout, 'holds'>) =>
          hold?.reason === reason;
      const id = await reality.roll(
        name,
        'shop/checkout:v2',
        'held',
        isHeldBy('StepPause'),
      );
      const release = kubelet.hold(name, 'shop/checkout:v2');
      await kubelet.evict(await shop.pods('shop/checkout:v2'));
      await reality.until(id, isHeldBy('Disrupted'));
      release();
      await reality.until(id, isHeldBy('StepPause'));
      await reality.portal.command(id, 'promote');
      await reality.expectEnd(id, { phase: 'Succeeded' });
      await shop.expectAsFound('shop/checkout:v2');
      assert.deepEqual(gateway.shares(name), [
        'no canary',
        0,
        25,
        0,
        25,
        50,
        0,
        'no canary',
      ]);
    },
  },
];
