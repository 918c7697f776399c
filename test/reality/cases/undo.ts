import assert from 'node:assert/strict';
import { replicaSets, undoRollout } from '../cluster/undoRollout';
import { RealityCase } from '../playTogether';

const V2 = 'shop/checkout:v2';

/** Kubernetes copies what a Deployment is annotated with to its ReplicaSets, and an undo brings it back. */
export const undo: readonly RealityCase[] = [
  {
    title:
      'a fence that an undo brings back keeps no later release out, and is gone after it',
    shop: 'undo',
    long: true,
    play: async (reality, name) => {
      const { cluster, portal } = reality;
      const shop = await reality.shop(name);
      const isPaused = ({ phase }: { phase: string }) => phase === 'Paused';
      const first = await reality.roll(name, V2, 'held', isPaused);
      const release = cluster.kubelet.hold(name, V2);
      await portal.command(first, 'promoteFull');
      await shop.untilImage(V2);
      await portal.command(first, 'abort');
      await reality.expectEnd(first, { phase: 'RolledBack' });
      release();
      await shop.expectAsFound('shop/checkout:v1');

      const fenced = (await replicaSets(shop)).get('shop/checkout:v1')!;
      assert('canary/fence' in fenced.metadata.annotations);

      await cluster.client.patch(
        shop.deployment(),
        {
          spec: {
            template: {
              spec: {
                containers: [{ name: 'checkout', image: 'shop/checkout:v3' }],
              },
            },
          },
        },
        'strategic',
      );
      await shop.settle();
      await undoRollout(shop, 'shop/checkout:v1');
      const undone = await cluster.client.get(shop.deployment());
      assert('canary/fence' in undone.metadata.annotations);

      const second = await reality.roll(
        name,
        'shop/checkout:v4',
        'held',
        isPaused,
      );
      await undoRollout(shop, V2);
      await reality.expectEnd(second, {
        phase: 'RolledBack',
        reason: 'StableChanged',
      });
      await shop.expectAsFound(V2);

      await undoRollout(shop, 'shop/checkout:v1');
      const { id: third } = await portal.roll(
        name,
        'shop/checkout:v5',
        'plain',
      );
      await reality.expectEnd(third, { phase: 'Succeeded' });
      await shop.expectAsFound('shop/checkout:v5');
    },
  },
];
