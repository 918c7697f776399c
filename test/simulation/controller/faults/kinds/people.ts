import { Command } from 'backstage-plugin-canary-common';
import {
  CANARY,
  CANARY_SERVICE,
  HPA,
  originalRoute,
  ROUTE,
  STABLE,
} from '../../cluster/shop';
import { ask, askToStart } from '../../people/ask';
import { HappeningKind, seconds } from '../HappeningKind';

const COMMANDS: readonly Command[] = [
  'promote',
  'promoteFull',
  'abort',
  'pause',
  'resume',
  'retry',
  'rollback',
];

/** What people and their tools do: clicks, doubled and stale, and edits past the portal. */
export const people: Readonly<Record<string, HappeningKind>> = {
  click: {
    modes: ['people', 'replicas', 'cluster', 'database'],
    often: 8,
    draw: chance => ({
      what: `${chance.oneOf(COMMANDS)} ${chance.oneOf([
        'once',
        'once',
        'twice',
        'stale',
      ])}`,
    }),
    begin: (world, { what, replica }) => {
      const [command, how] = what.split(' ') as [Command, string];
      const rows = [...world.database.rows.values()];
      const last = rows[rows.length - 1]?.state;
      if (!last) return;
      world.faults.count('click');
      const click = {
        user: 'tom',
        command,
        rolloutId: last.id,
        expectedVersion: last.version - (how === 'stale' ? 1 : 0),
      };
      void ask(world, { ...click, replica });
      if (how === 'twice') void ask(world, { ...click, user: 'ada' });
    },
    says: ({ what }) => `somebody clicks ${what}`,
  },
  'another start': {
    modes: ['people', 'replicas'],
    often: 1,
    draw: () => ({}),
    begin: world => {
      world.faults.count('another start');
      void askToStart(world, 'tom', 'shop/checkout:v3');
    },
    says: () => 'somebody starts another version',
  },
  'weights edited': {
    modes: ['people'],
    often: 2,
    draw: chance => ({ amount: chance.oneOf([0, 5, 50, 100]) }),
    begin: (world, { amount }) => {
      world.api.edit('administrator', ROUTE, ({ spec }) => {
        for (const { backendRefs } of spec.rules) {
          const named = (name: string) =>
            backendRefs.find((one: any) => one.name === name);
          const [canary, stable] = [named(CANARY.name), named('checkout')];
          if (!canary || !stable) continue;
          world.faults.count('weights edited');
          canary.weight = amount;
          stable.weight = 100 - amount;
        }
      });
    },
    says: ({ amount }) =>
      `an administrator gives the canary ${amount} % of the route`,
  },
  'GitOps resets the route': {
    modes: ['people'],
    often: 2,
    draw: chance => ({ forMs: chance.oneOf([0, 10_000, 25_000]) }),
    begin: (world, { forMs }) => {
      world.faults.disturb(forMs);
      const { spec } = originalRoute(world.scenario.route);
      for (let ms = 0; ms <= forMs; ms += 5_000) {
        world.time.after(ms, () =>
          world.api.edit('gitops', ROUTE, route => {
            world.faults.count('GitOps resets the route');
            route.spec = JSON.parse(JSON.stringify(spec));
          }),
        );
      }
    },
    says: ({ forMs }) =>
      `the GitOps tool puts the route back to what Git has${
        forMs ? `, every 5 s for ${seconds(forMs)}` : ''
      }`,
  },
  'route deleted': {
    modes: ['people'],
    often: 1,
    draw: chance => ({ forMs: chance.whole(1_000, 30_000) }),
    begin: (world, { forMs }) => {
      if (!world.api.read(ROUTE)) return;
      world.faults.count('route deleted');
      world.faults.disturb(forMs);
      world.api.remove('gitops', ROUTE);
      world.time.after(forMs, () =>
        world.api.make('gitops', originalRoute(world.scenario.route)),
      );
    },
    says: ({ forMs }) =>
      `the route is deleted, and made again ${seconds(forMs)} later`,
  },
  'stable edited': {
    modes: ['people'],
    often: 2,
    draw: chance => ({
      what: chance.oneOf(['shop/checkout:v9', 'shop/checkout:v1']),
    }),
    begin: (world, { what }) =>
      world.api.edit('administrator', STABLE, ({ spec }) => {
        world.faults.count('stable edited');
        spec.template.spec.containers[0].image = what;
      }),
    says: ({ what }) => `an administrator gives the stable the image ${what}`,
  },
  'stable scaled': {
    modes: ['people'],
    often: 2,
    draw: chance => ({ amount: chance.oneOf([0, 1, 6]) }),
    begin: (world, { amount }) =>
      world.api.edit('administrator', STABLE, ({ spec }) => {
        world.faults.count('stable scaled');
        spec.replicas = amount;
      }),
    says: ({ amount }) => `an administrator scales the stable to ${amount}`,
  },
  'workload deleted': {
    modes: ['people'],
    often: 1,
    draw: () => ({}),
    begin: world => {
      if (!world.stable) return;
      world.faults.count('workload deleted');
      world.api.remove('administrator', STABLE);
    },
    says: () => 'an administrator deletes the workload',
  },
  'canary deleted': {
    modes: ['people'],
    often: 1,
    draw: chance => ({ what: chance.oneOf(['Deployment', 'Service']) }),
    begin: (world, { what }) => {
      const ref = what === 'Service' ? CANARY_SERVICE : CANARY;
      if (!world.api.read(ref)) return;
      world.faults.count('canary deleted');
      world.api.remove('administrator', ref);
    },
    says: ({ what }) => `an administrator deletes the ${what} of the canary`,
  },
  'HPA edited': {
    modes: ['people'],
    often: 1,
    draw: chance => ({ amount: chance.whole(1, 6) }),
    begin: (world, { amount }) =>
      world.api.edit('administrator', HPA, ({ spec }) => {
        world.faults.count('HPA edited');
        spec.minReplicas = amount;
      }),
    says: ({ amount }) => `an administrator gives the HPA a floor of ${amount}`,
  },
};
