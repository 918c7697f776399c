import { CANARY, HPA, STABLE } from '../../cluster/shop';
import type { World } from '../../world/World';
import { HappeningKind, seconds } from '../HappeningKind';

function podsOf(world: World, of: string) {
  const deployment = world.api.read(of === 'canary' ? CANARY : STABLE);
  return deployment ? world.deployments.podsOf(deployment) : [];
}

/** What the controllers and nodes of a cluster do by themselves. */
export const cluster: Readonly<Record<string, HappeningKind>> = {
  'slow controllers': {
    modes: ['calm', 'cluster', 'people'],
    often: 2,
    draw: chance => ({ forMs: chance.whole(2_000, 15_000) }),
    begin: (world, happening) => world.faults.open(happening),
    says: ({ forMs }) =>
      `the controllers of Deployments lag by seconds, for ${seconds(forMs)}`,
  },
  'slow gateway': {
    modes: ['calm', 'cluster', 'people'],
    often: 2,
    draw: chance => ({ forMs: chance.whole(2_000, 15_000) }),
    begin: (world, happening) => world.faults.open(happening),
    says: ({ forMs }) => `the gateway lags by seconds, for ${seconds(forMs)}`,
  },
  'gateway refuses': {
    modes: ['cluster'],
    often: 1,
    draw: chance => ({ forMs: chance.whole(1_000, 10_000) }),
    begin: (world, happening) => world.faults.open(happening),
    says: ({ forMs }) =>
      `the gateway refuses every route for ${seconds(forMs)}`,
  },
  'pod dies': {
    modes: ['calm', 'cluster', 'people'],
    often: 3,
    draw: chance => ({ what: chance.oneOf(['canary', 'stable']) }),
    begin: (world, { what }) => {
      const pods = podsOf(world, what);
      if (pods.length === 0) return;
      world.faults.count('pod dies');
      world.deployments.end(world.chance.oneOf(pods), 'node');
    },
    says: ({ what }) => `a pod of the ${what} is evicted`,
  },
  'pod crashes': {
    modes: ['cluster'],
    often: 2,
    draw: chance => ({
      what: chance.oneOf(['canary', 'stable']),
      forMs: chance.whole(500, 8_000),
    }),
    begin: (world, { what, forMs }) => {
      const pods = podsOf(world, what);
      if (pods.length === 0) return;
      world.faults.count('pod crashes');
      world.deployments.crash(world.chance.oneOf(pods), forMs);
    },
    says: ({ what, forMs }) =>
      `a pod of the ${what} crash-loops for ${seconds(forMs)}`,
  },
  'node drain': {
    modes: ['cluster'],
    often: 1,
    draw: () => ({}),
    begin: world => {
      world.faults.count('node drain');
      for (const whose of ['canary', 'stable']) {
        const pods = podsOf(world, whose);
        for (const pod of pods.slice(0, Math.ceil(pods.length / 2))) {
          world.deployments.end(pod, 'node');
        }
      }
    },
    says: () => 'a node is drained: half of all pods go',
  },
  load: {
    modes: ['calm', 'cluster', 'people'],
    often: 1,
    draw: chance => ({ amount: chance.whole(1, 12) }),
    begin: (world, { amount }) => {
      if (!world.autoscaler || !world.api.read(HPA)) return;
      world.faults.count('load');
      world.autoscaler.load = amount;
    },
    says: ({ amount }) => `the load asks for ${amount} pods`,
  },
};
