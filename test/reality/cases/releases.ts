import assert from 'node:assert/strict';
import { RealityCase } from '../playTogether';

/** What releases come to by themselves, or by a person. */
export const releases: readonly RealityCase[] = [
  {
    title: 'a good version is released, step by step, and nothing is left over',
    shop: 'good',
    play: async (reality, name) => {
      const shop = await reality.shop(name, { replicas: 3 });
      const { id } = await reality.portal.roll(
        name,
        'shop/checkout:v2',
        'quick',
      );
      await reality.expectEnd(id, { phase: 'Succeeded' });
      await shop.expectAsFound('shop/checkout:v2');
      assert.deepEqual(reality.cluster.gateway.shares(name), [
        'no canary',
        0,
        25,
        50,
        0,
        'no canary',
      ]);
    },
  },
  {
    title: 'a version that crashes never gets a user, and is taken back',
    shop: 'crash',
    play: async (reality, name) => {
      const shop = await reality.shop(name);
      const { id } = await reality.portal.roll(
        name,
        'shop/checkout:v2-crash',
        'quick',
      );
      await reality.expectEnd(id, {
        phase: 'RolledBack',
        reason: 'CanaryCrashLooping',
      });
      await shop.expectAsFound('shop/checkout:v1');
      assert.deepEqual(reality.cluster.gateway.shares(name), ['no canary']);
    },
  },
  {
    title: 'an image that cannot be pulled is taken back',
    shop: 'nopull',
    long: true,
    play: async (reality, name) => {
      const shop = await reality.shop(name);
      const { id } = await reality.portal.roll(
        name,
        'shop/checkout:v2-nopull',
        'quick',
      );
      await reality.expectEnd(id, {
        phase: 'RolledBack',
        reason: 'ImagePullFailed',
      });
      await shop.expectAsFound('shop/checkout:v1');
    },
  },
  {
    title: 'a canary that starts to crash with users on it is taken back',
    shop: 'crash-later',
    long: true,
    play: async (reality, name) => {
      const shop = await reality.shop(name);
      const id = await reality.roll(
        name,
        'shop/checkout:v2',
        'held',
        ({ phase }) => phase === 'Paused',
      );
      await reality.cluster.kubelet.crash(await shop.pods('shop/checkout:v2'));
      await reality.expectEnd(id, { phase: 'RolledBack' });
      await shop.expectAsFound('shop/checkout:v1');
    },
  },
  {
    title: 'an abort takes everybody off the canary, and then the canary',
    shop: 'abort',
    long: true,
    play: async (reality, name) => {
      const shop = await reality.shop(name);
      const id = await reality.roll(
        name,
        'shop/checkout:v2',
        'held',
        ({ phase }) => phase === 'Paused',
      );
      await reality.portal.command(id, 'abort');
      await reality.expectEnd(id, { phase: 'RolledBack', reason: 'Aborted' });
      await shop.expectAsFound('shop/checkout:v1');
    },
  },
  {
    title: 'an abort while the stable rolls out gives it its images back',
    shop: 'abort-late',
    play: async (reality, name) => {
      const shop = await reality.shop(name, { replicas: 3 });
      const id = await reality.roll(
        name,
        'shop/checkout:v2',
        'held',
        ({ phase }) => phase === 'Paused',
      );
      const release = reality.cluster.kubelet.hold(name, 'shop/checkout:v2');
      await reality.portal.command(id, 'promoteFull');
      await reality.until(id, ({ phase }) => phase === 'Promoting');
      await shop.untilImage('shop/checkout:v2');
      await reality.portal.command(id, 'abort');
      await reality.expectEnd(id, { phase: 'RolledBack', reason: 'Aborted' });
      release();
      await shop.expectAsFound('shop/checkout:v1');
    },
  },
];
