import { mockServices } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';
import { DatabaseClock } from '../clock';
import { systemClock } from '../clock/systemClock';
import { DatabaseCanaryStore } from '../store';
import { rolloutFixture } from '../store/testing/rolloutFixture';
import { startPostgres, TestPostgres } from '../store/testing/startPostgres';
import { Controller, ControllerOptions, LEASE_MS } from './Controller';
import { Heartbeat } from './replica/Heartbeat';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const CLUSTER = rolloutFixture('any').target.cluster;
const IDS = Array.from({ length: 60 }, (_, n) => `r${n}`);

/** A replica whose process's wall clock is set wrong by so much. */
async function startReplica(knex: Knex, owner: string, aheadMs: number) {
  const processClock = { ...systemClock, now: () => Date.now() + aheadMs };
  const clock = new DatabaseClock(processClock);
  const store = await DatabaseCanaryStore.create({
    database: { getClient: async () => knex },
    clock: processClock,
  });
  const heartbeat = new Heartbeat({
    replicas: store,
    owner,
    clock: processClock,
    databaseClock: clock,
    leaseMs: LEASE_MS,
    reaches: () => [CLUSTER],
  });
  const gaps: number[] = [];
  const ticked = new Set<string>();
  const tick: ControllerOptions['tick'] = async (stored, requeueAt) => {
    gaps.push(clock.now() - requeueAt);
    ticked.add(stored.state.id);
    return { stored, requeueAt: clock.now() + 1_000, reached: true };
  };
  const controller = new Controller({
    rollouts: store,
    leases: store,
    heartbeat,
    clock,
    logger: mockServices.logger.mock(),
    tick,
  });
  controller.start();
  return { controller, store, gaps, ticked, knex };
}

/** Waits for a state, however long it takes. */
async function until(isTrue: () => Promise<boolean>): Promise<number> {
  const begin = performance.now();
  while (!(await isTrue())) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  return performance.now() - begin;
}

describe('three replicas on a real PostgreSQL, whose clocks differ by minutes', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it('share the rollouts, see no gap, and take over what a dead one had', async () => {
    const config = await postgres.createDatabase();
    const first = await startReplica(knexFactory(config), 'one', 0);
    const owners = async () => {
      const rows: { lease_owner: string }[] = await first
        .knex('canary_rollouts')
        .select('lease_owner');
      return ['one', 'two', 'three'].map(
        name => rows.filter(row => row.lease_owner === name).length,
      );
    };
    for (const id of IDS) {
      const state = rolloutFixture(id, { requeueAt: Date.now() });
      await first.store.create(state, [], []);
    }
    await until(async () => (await owners())[0] === IDS.length);

    const second = await startReplica(knexFactory(config), 'two', 2 * MINUTE);
    const third = await startReplica(knexFactory(config), 'three', -2 * MINUTE);
    // 150, 0 and 0 it was.
    await until(async () => (await owners()).every(share => share > 9));
    const gaps = () => [first, second, third].flatMap(one => one.gaps);
    expect(Math.max(...gaps())).toBeLessThan(MINUTE);

    const orphans = (await owners())[2];
    // As kill -9 leaves it: nobody says goodbye.
    (third.controller as any).stopping.abort();
    const tookMs = await until(async () => (await owners())[2] === 0);
    expect(orphans).toBeGreaterThan(9);
    // 5 s are promised; the rest is a busy machine's.
    expect(tookMs).toBeLessThan(15_000);
    await until(
      async () => first.ticked.size + second.ticked.size >= IDS.length,
    );
    expect(Math.max(...gaps())).toBeLessThan(MINUTE);

    for (const { controller, knex } of [first, second, third]) {
      await controller.stop();
      await knex.destroy();
    }
  });
});
