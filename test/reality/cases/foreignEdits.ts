import { RealityCase } from '../playTogether';

/** What becomes of a release when somebody else writes what it goes by. */
export const foreignEdits: readonly RealityCase[] = [
  {
    title: 'somebody who gives the canary another share holds the release',
    shop: 'edit-route',
    play: async (reality, name) => {
      const shop = await reality.shop(name);
      const id = await reality.roll(
        name,
        'shop/checkout:v2',
        'held',
        ({ phase }) => phase === 'Paused',
      );
      await reality.cluster.client.patch(
        shop.route,
        [
          {
            op: 'replace',
            path: '/spec/rules/0/backendRefs/1/weight',
            value: 100,
          },
        ],
        'json',
      );
      await reality.until(id, ({ holds }) =>
        holds.some(({ reason }) => reason === 'ForeignChange'),
      );
      await reality.portal.command(id, 'abort');
      await reality.expectEnd(id, { phase: 'RolledBack', reason: 'Aborted' });
      await shop.expectAsFound('shop/checkout:v1');
    },
  },
  {
    title: 'another image of the stable takes the release back, and stays',
    shop: 'edit-image',
    play: async (reality, name) => {
      const shop = await reality.shop(name);
      const id = await reality.roll(
        name,
        'shop/checkout:v2',
        'held',
        ({ phase }) => phase === 'Paused',
      );
      await reality.cluster.client.patch(
        shop.deployment(),
        [
          {
            op: 'replace',
            path: '/spec/template/spec/containers/0/image',
            value: 'shop/checkout:v9',
          },
        ],
        'json',
      );
      await reality.expectEnd(id, {
        phase: 'RolledBack',
        reason: 'StableChanged',
      });
      await shop.expectAsFound('shop/checkout:v9');
    },
  },
  {
    title: 'a stable that is scaled to 0 takes its canary with it',
    shop: 'edit-scale',
    play: async (reality, name) => {
      const shop = await reality.shop(name);
      const id = await reality.roll(
        name,
        'shop/checkout:v2',
        'held',
        ({ phase }) => phase === 'Paused',
      );
      const { client } = reality.cluster;
      const scale = (replicas: number) =>
        client.patch(`${shop.deployment()}/scale`, { spec: { replicas } });
      await scale(0);
      await reality.expectEnd(id, {
        phase: 'RolledBack',
        reason: 'StableScaledToZero',
      });
      await scale(2);
      await shop.expectAsFound('shop/checkout:v1');
    },
  },
  {
    title: 'a canary that somebody deletes is taken back',
    shop: 'edit-canary',
    long: true,
    play: async (reality, name) => {
      const shop = await reality.shop(name);
      const id = await reality.roll(
        name,
        'shop/checkout:v2',
        'held',
        ({ phase }) => phase === 'Paused',
      );
      await reality.cluster.client.delete(shop.deployment('checkout-canary'));
      await reality.expectEnd(id, { phase: 'RolledBack' });
      await shop.expectAsFound('shop/checkout:v1');
    },
  },
  {
    title: 'a route that is deleted and made anew leaves nothing behind',
    shop: 'edit-route-gone',
    long: true,
    play: async (reality, name) => {
      const shop = await reality.shop(name);
      const id = await reality.roll(
        name,
        'shop/checkout:v2',
        'held',
        ({ phase }) => phase === 'Paused',
      );
      await reality.cluster.client.delete(shop.route);
      await reality.until(id, ({ holds }) =>
        holds.some(({ reason }) => reason === 'ForeignChange'),
      );
      await reality.portal.command(id, 'abort');
      await reality.expectEnd(id, { phase: 'RolledBack', reason: 'Aborted' });
      await shop.createRoute();
      await shop.expectAsFound('shop/checkout:v1');
    },
  },
];
