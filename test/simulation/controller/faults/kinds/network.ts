import { Chance } from '../../time/Chance';
import { Call } from '../Faults';
import { HappeningKind, seconds } from '../HappeningKind';

const OBJECTS = [
  'HTTPRoute',
  'Deployment',
  'Service',
  'Pod',
  'HorizontalPodAutoscaler',
];
const STATUSES = [
  '403',
  '404 text',
  '404 Status',
  '409',
  '422',
  '429',
  '500',
  '500 late',
  '503',
];

const short = (chance: Chance) => ({ forMs: chance.whole(500, 12_000) });
const name = (replica: number) => `replica-${replica + 1}`;

/** `patch` of whatever the cluster has, or any other write. */
const isClusterWrite = (call: Call) => call.to === 'cluster' && call.isWrite;

/** What goes wrong between a replica and the cluster. */
export const network: Readonly<Record<string, HappeningKind>> = {
  'api answers': {
    modes: ['cluster'],
    often: 6,
    draw: chance => {
      const status = chance.oneOf(STATUSES);
      // An API that says of what is there that it is not, for longer than we look, has lost it.
      const forMs =
        status === '404 Status'
          ? chance.whole(200, 6_000)
          : chance.whole(500, 15_000);
      const of = chance.oneOf(['everything', 'reads', 'writes', ...OBJECTS]);
      return {
        forMs,
        what: `${status} to ${of}`,
        amount: chance.oneOf([1, 1, 0.5]),
      };
    },
    begin: (world, happening) => {
      const [status, of] = happening.what.split(' to ');
      world.faults.open({ ...happening, what: status }, call => {
        if (call.to !== 'cluster' || call.verb === 'watch') return false;
        if (of === 'everything') return true;
        if (of === 'reads') return !call.isWrite;
        if (of === 'writes') return call.isWrite;
        return call.kind === of;
      });
    },
    says: ({ what, amount, forMs }) =>
      `the API answers ${what}${
        amount < 1 ? ', half of the time' : ''
      }, for ${seconds(forMs)}`,
  },
  hang: {
    modes: ['cluster'],
    often: 2,
    draw: chance => ({
      ...short(chance),
      what: chance.oneOf(['applied', 'dropped']),
    }),
    begin: (world, happening) =>
      world.faults.open(happening, call => call.to !== 'database'),
    says: ({ what, forMs }) =>
      `neither the API nor the metrics answer for ${seconds(
        forMs,
      )}; writes are ${what}`,
  },
  'late write': {
    modes: ['cluster', 'replicas'],
    often: 4,
    draw: chance => ({ amount: chance.whole(500, 20_000) }),
    begin: (world, happening) => world.faults.lay(happening, isClusterWrite),
    says: ({ amount }) =>
      `the next write to the cluster arrives ${seconds(amount)} late`,
  },
  'lost answer': {
    modes: ['cluster', 'database'],
    often: 5,
    draw: chance => ({
      what: chance.oneOf(['reset', 'silence']),
      amount: chance.whole(1, 4_000),
    }),
    begin: (world, happening) =>
      world.faults.lay(happening, call =>
        happening.replica === 0
          ? call.to === 'database' && call.verb === 'commit'
          : call.isWrite,
      ),
    says: ({ what }) => `the answer to the next write is lost (${what})`,
  },
  reordering: {
    modes: ['cluster'],
    often: 2,
    draw: short,
    begin: (world, happening) =>
      world.faults.open(happening, call => call.to === 'cluster'),
    says: ({ forMs }) =>
      `requests to the cluster overtake each other for ${seconds(forMs)}`,
  },
  'silent watches': {
    modes: ['cluster'],
    often: 1,
    draw: chance => ({ forMs: chance.whole(5_000, 40_000) }),
    begin: (world, happening) => world.faults.open(happening),
    says: ({ forMs }) => `watches are silent for ${seconds(forMs)}`,
  },
  'late watches': {
    modes: ['cluster'],
    often: 1,
    draw: chance => ({ forMs: chance.whole(5_000, 40_000) }),
    begin: (world, happening) => world.faults.open(happening),
    says: ({ forMs }) => `watches lag for ${seconds(forMs)}`,
  },
  'lying watches': {
    modes: ['cluster'],
    often: 1,
    draw: () => ({}),
    begin: world => {
      world.faults.count('lying watches');
      for (let turn = 0; turn < 20; turn++) {
        world.time.after(turn * 150, () => {
          if (world.stable) world.watches.lie(world.stable);
        });
      }
    },
    says: () => 'watches tell of changes that never were',
  },
  cut: {
    modes: ['cluster', 'database', 'replicas'],
    often: 4,
    draw: chance => ({
      forMs: chance.whole(1_000, 15_000),
      what: `${chance.oneOf(['refused', 'hangs'])} ${chance.oneOf([
        'cluster',
        'database',
        'both',
      ])}`,
    }),
    begin: (world, happening) => {
      const [how, from] = happening.what.split(' ');
      world.faults.open({ ...happening, what: how }, call => {
        if (call.replica !== name(happening.replica)) return false;
        return from === 'both' ? call.to !== 'metrics' : call.to === from;
      });
    },
    says: ({ what, replica, forMs }) => {
      const [how, from] = what.split(' ');
      return `${name(replica)} is cut off from ${
        from === 'both' ? 'cluster and database' : `the ${from}`
      } (${how}) for ${seconds(forMs)}`;
    },
  },
};
