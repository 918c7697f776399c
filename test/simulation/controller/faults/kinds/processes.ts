import { HappeningKind, seconds } from '../HappeningKind';

const name = (replica: number) => `replica-${replica + 1}`;

/** What becomes of replicas, their clocks and their database. */
export const processes: Readonly<Record<string, HappeningKind>> = {
  'crash before': {
    modes: ['cluster', 'database', 'replicas'],
    often: 3,
    draw: chance => ({
      what: chance.oneOf(['database', 'cluster', 'metrics']),
    }),
    begin: (world, happening) =>
      world.faults.lay(
        happening,
        call =>
          call.to === happening.what &&
          call.replica === name(happening.replica),
      ),
    says: ({ what, replica }) =>
      `${name(replica)} dies before its next request to the ${what}`,
  },
  'crash after': {
    modes: ['cluster', 'database', 'replicas'],
    often: 4,
    draw: chance => ({
      what: chance.oneOf([
        'database',
        'cluster',
        'cluster write',
        'commit',
        'metrics',
      ]),
    }),
    begin: (world, happening) =>
      world.faults.lay(happening, call => {
        if (call.replica !== name(happening.replica)) return false;
        if (happening.what === 'commit') return call.verb === 'commit';
        if (happening.what === 'cluster write')
          return call.to === 'cluster' && call.isWrite;
        return call.to === happening.what;
      }),
    says: ({ what, replica }) =>
      `${name(
        replica,
      )} dies when its next request (${what}) was served, before the answer`,
  },
  stop: {
    modes: ['replicas'],
    often: 3,
    draw: chance => ({ forMs: chance.whole(500, 20_000) }),
    begin: (world, { replica, forMs }) => {
      const process = world.backends[replica]?.process;
      if (!process || process.isDead) return;
      world.faults.count('stop');
      world.faults.disturb(forMs);
      process.stop(forMs);
    },
    says: ({ replica, forMs }) =>
      `${name(replica)} is stopped (SIGSTOP) for ${seconds(forMs)}`,
  },
  'stop at a write': {
    modes: ['replicas'],
    often: 3,
    draw: chance => ({ forMs: chance.whole(500, 20_000) }),
    begin: (world, happening) =>
      world.faults.lay(
        happening,
        call =>
          call.replica === name(happening.replica) &&
          call.to === 'cluster' &&
          call.isWrite,
      ),
    says: ({ replica, forMs }) =>
      `${name(replica)} is stopped for ${seconds(
        forMs,
      )} just as it sends its next write`,
  },
  leave: {
    modes: ['replicas'],
    often: 1,
    draw: chance => ({ forMs: chance.whole(1_000, 8_000) }),
    begin: (world, { replica, forMs }) => {
      const backend = world.backends[replica];
      if (!backend || backend.process.isDead) return;
      world.faults.count('leave');
      void backend.shutDown();
      world.time.after(3_000, () => world.crash(backend.process, forMs));
    },
    says: ({ replica, forMs }) =>
      `${name(replica)} is shut down, and comes back ${seconds(forMs)} later`,
  },
  jump: {
    modes: ['replicas'],
    often: 2,
    draw: chance => ({
      amount: chance.oneOf([
        -3_600_000, -90_000, -5_000, 5_000, 90_000, 3_600_000,
      ]),
    }),
    begin: (world, { replica, amount }) => {
      const process = world.backends[replica]?.process;
      // The clock of the only process is the database's as well: its jump is a gap.
      if (!process || world.scenario.engine === 'sqlite') return;
      world.faults.count('jump');
      process.skewMs += amount;
    },
    says: ({ replica, amount }) =>
      `the clock of ${name(replica)} is set by ${seconds(amount)}`,
  },
  failover: {
    modes: ['database'],
    often: 3,
    draw: chance => ({ forMs: chance.whole(100, 9_000) }),
    begin: (world, { forMs }) => {
      world.faults.count('failover');
      world.faults.disturb(forMs);
      world.transport.failOver(forMs);
    },
    says: ({ forMs }) =>
      `the database fails over: all connections die, and for ${seconds(
        forMs,
      )} none is taken`,
  },
  'slow database': {
    modes: ['database'],
    often: 2,
    draw: chance => ({ forMs: chance.whole(1_000, 10_000) }),
    begin: (world, happening) =>
      world.faults.open(happening, call => call.to === 'database'),
    says: ({ forMs }) =>
      `the database takes up to three seconds to answer, for ${seconds(forMs)}`,
  },
};
