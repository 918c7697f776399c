import { mockServices } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import knexFactory, { Knex } from 'knex';
import { getMaxListeners } from 'node:events';
import { RolloutState } from '../rollout';
import { DatabaseCanaryStore, StoredRollout } from '../store';
import { rolloutFixture } from '../store/testing/rolloutFixture';
import { Controller, ControllerOptions } from './Controller';
import { SimulatedClock } from '../clock/testing/SimulatedClock';

type TickOf = ControllerOptions['tick'];

describe('Controller', () => {
  let knex: Knex;
  let clock: SimulatedClock;
  let store: DatabaseCanaryStore;
  const controllers: Controller[] = [];
  const logger = mockServices.logger.mock();

  beforeEach(async () => {
    jest.clearAllMocks();
    clock = new SimulatedClock();
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: ':memory:' },
      useNullAsDefault: true,
    });
    store = await DatabaseCanaryStore.create({
      database: { getClient: async () => knex },
      clock,
    });
  });

  afterEach(async () => {
    await Promise.all(controllers.splice(0).map(one => one.stop()));
    await knex.destroy();
  });

  function run(tick: TickOf, owner = 'replica-1') {
    const controller = new Controller({
      rollouts: store,
      leases: store,
      owner,
      clock,
      logger,
      tick,
    });
    controllers.push(controller);
    controller.start();
    return controller;
  }

  const add = (id: string, changes: Partial<RolloutState> = {}) =>
    store.create(
      rolloutFixture(id, { requeueAt: clock.now(), ...changes }),
      [],
      [],
    );

  const commit = (stored: StoredRollout, changes: Partial<RolloutState>) =>
    store.commit({
      id: stored.state.id,
      revision: stored.revision,
      epoch: stored.epoch,
      next: { ...stored.state, ...changes },
      events: [],
      measurements: [],
      outbox: [],
    });

  /** Ticks that change nothing and look again after a while. */
  function recorder(lookAfterMs: number) {
    const ticks: { id: string; atMs: number; dueAtMs: number }[] = [];
    const begin = clock.now();
    const tick: TickOf = async (stored, requeueAt) => {
      ticks.push({
        id: stored.state.id,
        atMs: clock.now() - begin,
        dueAtMs: requeueAt - begin,
      });
      return { stored, requeueAt: clock.now() + lookAfterMs };
    };
    return { ticks, tick };
  }

  it('looks again and again at a rollout whose next look is near, without claiming anew', async () => {
    const { ticks, tick } = recorder(1000);
    await add('web');
    run(tick);
    await clock.advance(3500);
    expect(ticks.map(one => one.atMs)).toEqual([0, 1000, 2000, 3000]);
    expect((await store.get('web'))?.epoch).toBe(1);
  });

  it('lets a waiting rollout go and comes back at its very time', async () => {
    const { ticks, tick } = recorder(62_000);
    await add('web');
    run(tick);
    await clock.advance(1000);
    expect((await store.get('web'))?.lease).toBeUndefined();
    await clock.advance(62_100);
    expect(ticks.map(one => one.atMs)).toEqual([0, 62_050]);
  });

  it('finds what becomes due soon after a start at its very time', async () => {
    const { ticks, tick } = recorder(62_000);
    await add('soon', { requeueAt: clock.now() + 1200 });
    await add('sooner', { requeueAt: clock.now() + 400 });
    await add('later', { requeueAt: clock.now() + 5600 });
    run(tick);
    await clock.advance(7000);
    expect(ticks.map(({ id, atMs }) => [id, atMs])).toEqual([
      ['sooner', 400],
      ['soon', 1200],
    ]);
    await clock.advance(4000);
    expect(ticks.at(-1)).toMatchObject({ id: 'later', atMs: 10_000 });
  });

  it('knows when each look had been due, so that a long idle wait is no gap', async () => {
    const { ticks, tick } = recorder(4000);
    await add('web');
    run(tick);
    await clock.advance(400_000);
    expect(ticks.length).toBeGreaterThan(90);
    expect(ticks.every(one => one.atMs - one.dueAtMs < 100)).toBe(true);
  });

  it('measures a gap from the last sign of life, not from the last commit', async () => {
    const first = recorder(4000);
    await add('web');
    const dead = run(first.tick);
    await clock.advance(300_000);
    await dead.stop();
    await clock.advance(90_000);

    const second = recorder(4000);
    run(second.tick, 'replica-2');
    await clock.advance(100);
    const [{ dueAtMs }] = second.ticks;
    expect(-dueAtMs).toBeLessThanOrEqual(90_000);
    expect(-dueAtMs).toBeGreaterThan(85_000);
  });

  it('claims a new rollout at once when woken', async () => {
    const { ticks, tick } = recorder(1000);
    const controller = run(tick);
    await clock.advance(1200);
    await add('web');
    controller.wake('web');
    await clock.advance(10);
    expect(ticks.map(one => one.atMs)).toEqual([1200]);
  });

  it('wakes a sleeping worker and gives it the row as it is now', async () => {
    const seen: string[] = [];
    await add('web');
    const controller = run(async stored => {
      seen.push(stored.state.phase);
      return { stored, requeueAt: clock.now() + 4000 };
    });
    await clock.advance(100);
    await commit((await store.get('web'))!, { phase: 'Paused' });
    controller.wake('web');
    await clock.advance(100);
    expect(seen).toEqual(['Progressing', 'Paused']);
  });

  it('reads again when somebody else was faster', async () => {
    const phases: string[] = [];
    await add('web');
    run(async stored => {
      phases.push(stored.state.phase);
      if (phases.length === 1) {
        await commit(stored, { phase: 'Paused' });
        throw new ConflictError('revision');
      }
      return { stored, requeueAt: clock.now() + 60_000 };
    });
    await clock.advance(10);
    expect(phases).toEqual(['Progressing', 'Paused']);
  });

  it('ends a running tick and goes on with the state of an abort', async () => {
    const phases: string[] = [];
    await add('web');
    const controller = run(async (stored, _dueAt, signal) => {
      phases.push(stored.state.phase);
      if (stored.state.phase === 'Progressing') {
        await clock.sleep(5000, signal);
        signal.throwIfAborted();
      }
      return { stored, requeueAt: clock.now() + 1000 };
    });
    await clock.advance(100);
    const leased = (await store.get('web'))!;
    const aborted = await store.commit({
      id: 'web',
      revision: leased.revision,
      epoch: leased.epoch,
      takeover: { owner: controller.owner, leaseMs: 3000 },
      next: { ...leased.state, phase: 'RollingBack' },
      events: [],
      measurements: [],
      outbox: [],
    });
    controller.adopt(aborted);
    await clock.advance(10);
    expect(phases).toEqual(['Progressing', 'RollingBack']);
  });

  it('commits after a tick that took longer than its lease', async () => {
    let committed = 0;
    const over = new AbortController();
    await add('web');
    run(async stored => {
      await clock.sleep(15_000, over.signal);
      const next = await commit(stored, { reversals: committed });
      committed += 1;
      return { stored: next, requeueAt: clock.now() + 1000 };
    });
    await clock.advance(100_000);
    over.abort();
    expect(committed).toBeGreaterThanOrEqual(5);
    expect((await store.get('web'))?.epoch).toBe(1);
  });

  it('ends a tick whose lease went to somebody else', async () => {
    let ended = false;
    await add('web');
    run(async (stored, _dueAt, signal) => {
      await clock.sleep(60_000, signal);
      ended = signal.aborted;
      signal.throwIfAborted();
      return { stored, requeueAt: clock.now() + 1000 };
    });
    await clock.advance(1000);
    const leased = (await store.get('web'))!;
    await store.commit({
      id: 'web',
      revision: leased.revision,
      epoch: leased.epoch,
      takeover: { owner: 'replica-2', leaseMs: 3_600_000 },
      next: leased.state,
      events: [],
      measurements: [],
      outbox: [],
    });
    await clock.advance(5000);
    expect(ended).toBe(true);
  });

  it('goes on at once with an abort that arrives while the lease is given back', async () => {
    const phases: string[] = [];
    await add('web');
    const release = store.release.bind(store);
    const controller = run(async stored => {
      phases.push(stored.state.phase);
      return { stored, requeueAt: clock.now() + 60_000 };
    });
    jest.spyOn(store, 'release').mockImplementationOnce(async (...args) => {
      const leased = (await store.get('web'))!;
      const aborted = await store.commit({
        id: 'web',
        revision: leased.revision,
        epoch: leased.epoch,
        takeover: { owner: controller.owner, leaseMs: 3000 },
        next: { ...leased.state, phase: 'RollingBack' },
        events: [],
        measurements: [],
        outbox: [],
      });
      controller.adopt(aborted);
      await release(...args);
    });
    await clock.advance(100);
    expect(phases).toEqual(['Progressing', 'RollingBack']);
  });

  it('still knows of a gap when the first look after it fails', async () => {
    const gaps: number[] = [];
    await add('web', { requeueAt: clock.now() - 600_000 });
    run(async (stored, requeueAt) => {
      gaps.push(clock.now() - requeueAt);
      if (gaps.length === 1) throw new Error('the cluster is still waking up');
      return { stored, requeueAt: clock.now() + 60_000 };
    });
    await clock.advance(2000);
    expect(gaps.length).toBe(2);
    expect(gaps[1]).toBeGreaterThanOrEqual(600_000);
  });

  it('says on the rollout that the controller keeps failing at it', async () => {
    await add('web');
    run(async () => {
      throw new Error('no step is called dance');
    });
    await clock.advance(5000);
    const { state } = (await store.get('web'))!;
    expect(state.waitingFor?.message).toContain('no step is called dance');
    const { items } = await store.events('web', {});
    expect(items.filter(one => one.kind === 'Warning')).toHaveLength(1);
  });

  it('looks at every rollout, however many wait', async () => {
    const { ticks, tick } = recorder(5000);
    for (let i = 0; i < 230; i++) await add(`r${i}`);
    run(tick);
    await clock.advance(16_000);
    expect(new Set(ticks.map(one => one.id)).size).toBe(230);
  });

  it('lets go of a rollout that another replica took over', async () => {
    const { ticks, tick } = recorder(1000);
    await add('web');
    run(tick);
    await clock.advance(1100);
    const leased = (await store.get('web'))!;
    await store.commit({
      id: 'web',
      revision: leased.revision,
      epoch: leased.epoch,
      takeover: { owner: 'replica-2', leaseMs: 3_600_000 },
      next: leased.state,
      events: [],
      measurements: [],
      outbox: [],
    });
    const before = ticks.length;
    await clock.advance(20_000);
    expect(ticks.length - before).toBeLessThanOrEqual(1);
    expect((await store.get('web'))?.lease?.owner).toBe('replica-2');
  });

  it('tries a refused write again with growing waits, telling the next look why', async () => {
    const failures: (string | undefined)[] = [];
    const times: number[] = [];
    const begin = clock.now();
    await add('web');
    run(async (stored, _dueAt, _signal, failure) => {
      failures.push(failure);
      times.push(clock.now() - begin);
      return { stored, requeueAt: clock.now(), failure: 'Forbidden' };
    });
    await clock.advance(4000);
    expect(failures.slice(0, 3)).toEqual([undefined, 'Forbidden', 'Forbidden']);
    expect(times).toEqual([0, 500, 1500, 3500]);
  });

  it('gives a tick a signal that any number of questions may listen to', async () => {
    const limits: number[] = [];
    await add('web');
    run(async (stored, _dueAt, signal) => {
      limits.push(getMaxListeners(signal));
      return { stored, requeueAt: clock.now() + 60_000 };
    });
    await clock.advance(100);
    expect(limits).toEqual([Infinity]);
  });

  it('names what it failed to do, and the rollout', async () => {
    await add('web');
    await add('api', { requeueAt: clock.now() + 3_600_000 });
    const controller = run(async () => {
      throw new Error('broken');
    });
    await clock.advance(100);
    jest.spyOn(store, 'claim').mockRejectedValueOnce(new Error('no database'));
    controller.wake('api');
    await clock.advance(0);
    expect(logger.error.mock.calls).toEqual([
      [
        'Failed to bring rollout web forward; trying again',
        expect.objectContaining({ message: 'broken' }),
      ],
      [
        'Failed to claim rollout api, which changed',
        expect.objectContaining({ message: 'no database' }),
      ],
    ]);
  });

  it('survives a tick that throws, and looks again after a while', async () => {
    let ticks = 0;
    await add('web');
    run(async stored => {
      ticks += 1;
      if (ticks === 1) throw new Error('broken');
      return { stored, requeueAt: clock.now() + 60_000 };
    });
    await clock.advance(400);
    expect(ticks).toBe(1);
    await clock.advance(200);
    expect(ticks).toBe(2);
  });

  it('stops after the running tick and gives every lease back', async () => {
    const { tick } = recorder(1000);
    await add('web');
    await add('api');
    const controller = run(tick);
    await clock.advance(100);
    expect((await store.get('web'))?.lease?.owner).toBe('replica-1');
    await controller.stop();
    expect((await store.get('web'))?.lease).toBeUndefined();
    expect((await store.get('api'))?.lease).toBeUndefined();
  });

  it('shares the work between replicas, one worker for each rollout', async () => {
    const one = recorder(1000);
    const two = recorder(1000);
    await Promise.all(['a', 'b', 'c'].map(id => add(id)));
    run(one.tick, 'replica-1');
    run(two.tick, 'replica-2');
    await clock.advance(2500);
    const byId = (id: string) =>
      [one, two].filter(r => r.ticks.some(tick => tick.id === id)).length;
    expect(['a', 'b', 'c'].map(byId)).toEqual([1, 1, 1]);
  });
});
