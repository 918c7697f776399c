import { mockServices } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { getMaxListeners } from 'node:events';
import { SimulatedClock } from '../clock/testing/SimulatedClock';
import { RolloutState } from '../rollout';
import { StoredRollout } from '../store';
import { rolloutFixture } from '../store/testing/rolloutFixture';
import { Controller, ControllerOptions } from './Controller';
import { MemoryRows } from './testing/MemoryRows';
import { ReplicaOptions, startReplica, ticked } from './testing/startReplica';

type TickOf = ControllerOptions['tick'];

describe('Controller', () => {
  let clock: SimulatedClock;
  let rows: MemoryRows;
  const controllers: Controller[] = [];
  const logger = mockServices.logger.mock();

  beforeEach(() => {
    jest.clearAllMocks();
    clock = new SimulatedClock();
    rows = new MemoryRows(clock);
  });

  afterEach(async () => {
    rows.away = false;
    await Promise.all(controllers.splice(0).map(one => one.stop()));
  });

  function run(
    tick: TickOf,
    owner = 'replica-1',
    more: Partial<ReplicaOptions> = {},
  ) {
    const replica = startReplica({ rows, clock, tick, owner, logger, ...more });
    controllers.push(replica.controller);
    return replica.controller;
  }

  const add = (id: string, changes: Partial<RolloutState> = {}) =>
    rows.create(rolloutFixture(id, { requeueAt: clock.now(), ...changes }));

  const commit = (
    stored: StoredRollout,
    changes: Partial<RolloutState>,
    takeover?: { readonly owner: string },
  ) =>
    rows.commit({
      id: stored.state.id,
      revision: stored.revision,
      epoch: stored.epoch,
      takeover,
      next: { ...stored.state, ...changes },
    });

  /** Ticks that change nothing and look again after a while. */
  function recorder(lookAfterMs: number) {
    const ticks: { id: string; atMs: number; lookedAtMs: number }[] = [];
    const begin = clock.now();
    const tick: TickOf = async (stored, requeueAt) => {
      ticks.push({
        id: stored.state.id,
        atMs: clock.now() - begin,
        lookedAtMs: requeueAt - begin,
      });
      return ticked(stored, clock.now() + lookAfterMs);
    };
    return { ticks, tick };
  }

  describe('one replica', () => {
    it('ticks a rollout again at the time that the last tick said', async () => {
      const { ticks, tick } = recorder(1000);
      await add('web');
      run(tick);
      await clock.advance(3500);
      expect(ticks.map(one => one.atMs)).toEqual([0, 1000, 2000, 3000]);
      expect((await rows.get('web'))?.epoch).toBe(1);
    });

    it('owns a rollout that waits, and comes back at its very time', async () => {
      const { ticks, tick } = recorder(62_000);
      await add('web');
      run(tick);
      await clock.advance(62_100);
      expect(ticks.map(one => one.atMs)).toEqual([0, 62_000]);
      expect(await rows.get('web')).toMatchObject({
        owner: 'replica-1',
        epoch: 1,
      });
    });

    it('knows when each tick had been due, so that a long idle wait is no gap', async () => {
      const { ticks, tick } = recorder(4000);
      await add('web');
      run(tick);
      await clock.advance(400_000);
      expect(ticks.length).toBeGreaterThan(90);
      expect(ticks.every(one => one.atMs - one.lookedAtMs < 100)).toBe(true);
    });

    it('begins a new rollout at once when woken', async () => {
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
        return ticked(stored, clock.now() + 4000);
      });
      await clock.advance(100);
      await commit((await rows.get('web'))!, { phase: 'Paused' });
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
        return ticked(stored, clock.now() + 60_000);
      });
      await clock.advance(10);
      expect(phases).toEqual(['Progressing', 'Paused']);
    });

    it('ends a running tick and goes on with the state of an abort', async () => {
      const phases: string[] = [];
      await add('web');
      const controller = run(async (stored, _, signal) => {
        phases.push(stored.state.phase);
        if (stored.state.phase === 'Progressing') {
          await clock.sleep(5000, signal);
          signal.throwIfAborted();
        }
        return ticked(stored, clock.now() + 1000);
      });
      await clock.advance(100);
      const aborted = await commit(
        (await rows.get('web'))!,
        { phase: 'RollingBack' },
        { owner: 'replica-1' },
      );
      controller.adopt(aborted);
      await clock.advance(10);
      expect(phases).toEqual(['Progressing', 'RollingBack']);
    });

    it('commits after a tick that took longer than the lease', async () => {
      let committed = 0;
      const over = new AbortController();
      await add('web');
      run(async stored => {
        await clock.sleep(15_000, over.signal);
        const next = await commit(stored, { reversals: committed });
        committed += 1;
        return ticked(next, clock.now() + 1000);
      });
      await clock.advance(100_000);
      over.abort();
      expect(committed).toBeGreaterThanOrEqual(5);
      expect((await rows.get('web'))?.epoch).toBe(1);
    });

    it('still knows of a gap when the first tick after it fails', async () => {
      const gaps: number[] = [];
      await add('web', { requeueAt: clock.now() - 600_000 });
      run(async (stored, requeueAt) => {
        gaps.push(clock.now() - requeueAt);
        if (gaps.length === 1) throw new Error('the cluster is waking up');
        return ticked(stored, clock.now() + 60_000);
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
      const { state } = (await rows.get('web'))!;
      expect(state.waitingFor?.message).toContain('no step is called dance');
      const warnings = rows.events.filter(({ kind }) => kind === 'Warning');
      expect(warnings).toHaveLength(1);
    });

    it('ticks every rollout, however many there are', async () => {
      const { ticks, tick } = recorder(5000);
      for (let i = 0; i < 230; i++) await add(`r${i}`);
      run(tick);
      await clock.advance(2_000);
      expect(new Set(ticks.map(one => one.id)).size).toBe(230);
    });

    it('never lets those that go forward keep one waiting that is taken back', async () => {
      const begun: string[] = [];
      const hang = new AbortController();
      for (let i = 0; i < 200; i++) await add(`r${i}`);
      const controller = run(async stored => {
        begun.push(stored.state.id);
        await clock.sleep(3_600_000, hang.signal);
        return ticked(stored, clock.now() + 1000);
      });
      await clock.advance(2_000);
      expect(begun).toHaveLength(200);
      await add('waits');
      await add('goes back', { phase: 'RollingBack' });
      controller.wake('waits');
      controller.wake('goes back');
      await clock.advance(10);
      expect(begun.slice(200)).toEqual(['goes back']);
      hang.abort();
      await clock.advance(10);
      expect(begun).toContain('waits');
    });

    it('tries a refused write again with growing waits, telling the next tick why', async () => {
      const failures: (string | undefined)[] = [];
      const times: number[] = [];
      const begin = clock.now();
      await add('web');
      run(async (stored, _, _signal, failure) => {
        failures.push(failure);
        times.push(clock.now() - begin);
        return ticked(stored, clock.now(), { failure: 'Forbidden' });
      });
      await clock.advance(4000);
      expect(failures.slice(0, 3)).toEqual([
        undefined,
        'Forbidden',
        'Forbidden',
      ]);
      expect(times).toEqual([0, 500, 1500, 3500]);
    });

    it('tries five times in quick succession to take users off a canary', async () => {
      const times: number[] = [];
      const begin = clock.now();
      await add('web', { phase: 'RollingBack' });
      run(async stored => {
        times.push(clock.now() - begin);
        return ticked(stored, clock.now(), { failure: 'Forbidden' });
      });
      await clock.advance(3_100);
      expect(times).toEqual([0, 300, 600, 900, 1200, 1500, 2000, 3000]);
    });

    it('gives a tick a signal that any number of questions may listen to', async () => {
      const limits: number[] = [];
      await add('web');
      run(async (stored, _, signal) => {
        limits.push(getMaxListeners(signal));
        return ticked(stored, clock.now() + 60_000);
      });
      await clock.advance(100);
      expect(limits).toEqual([Infinity]);
    });

    it('names what it failed to do, and the rollout', async () => {
      await add('web');
      const controller = run(async () => {
        throw new Error('broken');
      });
      await clock.advance(100);
      rows.away = true;
      controller.wake('api');
      await clock.advance(0);
      expect(logger.error.mock.calls).toEqual([
        [
          'Failed to bring rollout web forward; trying again',
          expect.objectContaining({ message: 'broken' }),
        ],
        [
          'Failed to claim rollout api, which changed',
          expect.objectContaining({ message: 'The database is away' }),
        ],
      ]);
    });

    it('says once that the database is away, and once that it is back', async () => {
      run(recorder(1000).tick);
      await clock.advance(100);
      rows.away = true;
      await clock.advance(30_000);
      rows.away = false;
      await clock.advance(1_000);
      expect(logger.error).toHaveBeenCalledTimes(1);
      expect(logger.info).toHaveBeenCalledTimes(1);
    });

    it('survives a tick that throws, and ticks again after a while', async () => {
      let ticks = 0;
      await add('web');
      run(async stored => {
        ticks += 1;
        if (ticks === 1) throw new Error('broken');
        return ticked(stored, clock.now() + 60_000);
      });
      await clock.advance(400);
      expect(ticks).toBe(1);
      await clock.advance(200);
      expect(ticks).toBe(2);
    });

    it('stops after the running tick, and others take its rollouts at once', async () => {
      const { tick } = recorder(60_000);
      await add('web');
      const controller = run(tick);
      await clock.advance(100);
      await controller.stop();
      const second = recorder(60_000);
      run(second.tick, 'replica-2');
      await clock.advance(100);
      expect(second.ticks.map(({ atMs }) => atMs)).toEqual([0]);
    });
  });

  describe('a replica that is over', () => {
    it.each(['Progressing', 'RollingBack'] as const)(
      'has its rollouts taken within 5 s: %s',
      async phase => {
        const { tick } = recorder(1000);
        await add('web', { phase });
        const dead = run(tick);
        await clock.advance(2_000);
        // As kill -9 leaves it: its last beat is in the row.
        (dead as any).stopping.abort();
        await clock.advance(0);
        const second = recorder(60_000);
        run(second.tick, 'replica-2');
        await clock.advance(5_000);
        expect(second.ticks[0].atMs).toBeLessThanOrEqual(5_000);
      },
    );

    it('was looked after until its last heartbeat, however long ago it committed', async () => {
      const first = recorder(4000);
      await add('web');
      const former = run(first.tick);
      await clock.advance(300_000);
      await former.stop();
      await clock.advance(90_000);

      const second = recorder(4000);
      run(second.tick, 'replica-2');
      await clock.advance(100);
      const [{ lookedAtMs }] = second.ticks;
      expect(-lookedAtMs).toBe(90_000);
    });
  });

  describe('a replica that cannot reach the database', () => {
    it('writes nothing once its lease is over, and goes on when it is back', async () => {
      const ticks: number[] = [];
      const begin = clock.now();
      await add('web');
      const { controller, heartbeat } = startReplica({
        rows,
        clock,
        logger,
        tick: async stored => {
          heartbeat.assertProven();
          ticks.push(clock.now() - begin);
          return ticked(stored, clock.now() + 1000);
        },
      });
      controllers.push(controller);
      await clock.advance(1_900);
      rows.away = true;
      await clock.advance(60_000);
      expect(ticks.filter(at => at > 1_500 + 4_000)).toEqual([]);
      expect(() => heartbeat.assertProven()).toThrow(
        /could not renew its lease/,
      );
      rows.away = false;
      await clock.advance(2_000);
      expect(ticks.some(at => at > 60_000)).toBe(true);
    });

    it('has its running ticks ended', async () => {
      let reason: unknown;
      await add('web');
      run(async (stored, _, signal) => {
        await clock.sleep(60_000, signal);
        reason = signal.reason;
        signal.throwIfAborted();
        return ticked(stored, clock.now() + 1000);
      });
      await clock.advance(1_000);
      rows.away = true;
      await clock.advance(10_000);
      expect(reason).toMatchObject({
        message: 'The lease of this replica is over',
      });
    });

    it('drops what another replica took meanwhile', async () => {
      const { ticks, tick } = recorder(1000);
      await add('web');
      run(tick);
      await clock.advance(1_100);
      await rows.beat({ replica: 'replica-2', leaseMs: 60_000, reaches: [] });
      await commit((await rows.get('web'))!, {}, { owner: 'replica-2' });
      const before = ticks.length;
      await clock.advance(20_000);
      expect(ticks.length - before).toBeLessThanOrEqual(1);
      expect((await rows.get('web'))?.owner).toBe('replica-2');
    });
  });

  describe('several replicas', () => {
    const ids = Array.from({ length: 150 }, (_, n) => `r${n}`);
    const CLUSTERS = [rolloutFixture('any').target.cluster];
    const ownersOf = async () => {
      const owners = await Promise.all(
        ids.map(async id => (await rows.get(id))!.owner!),
      );
      return ['replica-1', 'replica-2', 'replica-3'].map(
        name => owners.filter(owner => owner === name).length,
      );
    };

    it('share the rollouts, one worker for each', async () => {
      const tickers = new Map<string, Set<string>>();
      const settled = clock.now() + 10_000;
      const tickOf =
        (owner: string): TickOf =>
        async stored => {
          const { id } = stored.state;
          if (clock.now() > settled) {
            tickers.set(id, (tickers.get(id) ?? new Set()).add(owner));
          }
          return ticked(stored, clock.now() + 1000);
        };
      for (const id of ids) await add(id);
      for (const owner of ['replica-1', 'replica-2', 'replica-3']) {
        run(tickOf(owner), owner, { reaches: CLUSTERS });
      }
      await clock.advance(15_000);
      // Three replicas shared 150 / 0 / 0.
      for (const share of await ownersOf()) expect(share).toBeGreaterThan(30);
      expect([...tickers.values()].every(({ size }) => size === 1)).toBe(true);
      expect(tickers.size).toBe(150);
    });

    it('give a new one its share between two ticks, and what is taken back stays', async () => {
      let handedOverWithin = 0;
      const over = new AbortController();
      const tick: TickOf = async stored => {
        const { epoch, state } = stored;
        await clock.sleep(700, over.signal);
        const row = (await rows.get(state.id))!;
        if (row.epoch !== epoch) handedOverWithin += 1;
        return ticked(stored, clock.now() + 1000);
      };
      for (const id of ids) {
        await add(id, id === 'r7' ? { phase: 'RollingBack' } : {});
      }
      run(tick, 'replica-1', { reaches: CLUSTERS });
      await clock.advance(3_000);
      run(tick, 'replica-2', { reaches: CLUSTERS });
      run(tick, 'replica-3', { reaches: CLUSTERS });
      await clock.advance(10_000);
      for (const share of await ownersOf()) expect(share).toBeGreaterThan(30);
      expect((await rows.get('r7'))?.owner).toBe('replica-1');
      expect(handedOverWithin).toBe(0);
      over.abort();
    });

    it('count no gap where a rollout changes hands', async () => {
      const { ticks, tick } = recorder(30_000);
      await add('r1', { requeueAt: clock.now() });
      run(tick, 'replica-1', { reaches: CLUSTERS });
      await clock.advance(400_000);
      run(tick, 'replica-2', { reaches: CLUSTERS });
      run(tick, 'replica-3', { reaches: CLUSTERS });
      run(tick, 'replica-4', { reaches: CLUSTERS });
      await clock.advance(100_000);
      expect(ticks.every(one => one.atMs - one.lookedAtMs < 100)).toBe(true);
    });

    it('give what one cannot reach to one that does, and to no other', async () => {
      const phases = ['Progressing', 'RollingBack'] as const;
      for (const id of ids)
        await add(id, { phase: phases[ids.indexOf(id) % 2] });
      const cut: string[] = [...CLUSTERS];
      const { tick } = recorder(1000);
      run(tick, 'replica-1', { reaches: cut });
      await clock.advance(2_000);
      expect(await ownersOf()).toEqual([150, 0, 0]);
      run(tick, 'replica-2', { reaches: [] });
      run(tick, 'replica-3', { reaches: CLUSTERS });
      cut.length = 0;
      await clock.advance(10_000);
      expect(await ownersOf()).toEqual([0, 0, 150]);
    });

    it('leave everything where it is while nobody reaches the cluster', async () => {
      for (const id of ids) await add(id);
      const { tick } = recorder(1000);
      run(tick, 'replica-1', { reaches: [] });
      await clock.advance(1_000);
      run(tick, 'replica-2', { reaches: [] });
      await clock.advance(10_000);
      expect((await ownersOf())[0]).toBe(150);
    });

    it('hear of a click on another replica within a second', async () => {
      const seen: [string, number][] = [];
      await add('web');
      run(async stored => {
        seen.push([stored.state.phase, clock.now()]);
        return ticked(stored, clock.now() + 60_000);
      });
      await clock.advance(10_000);
      const clicked = clock.now();
      await commit((await rows.get('web'))!, { phase: 'Paused' });
      await clock.advance(1_000);
      expect(seen[1][0]).toBe('Paused');
      expect(seen[1][1] - clicked).toBeLessThanOrEqual(500);
    });

    it('carry an abort out where it was clicked, and end the tick of the former owner', async () => {
      let ended = false;
      await add('web');
      run(async (stored, _, signal) => {
        await clock.sleep(60_000, signal);
        ended = signal.aborted;
        signal.throwIfAborted();
        return ticked(stored, clock.now() + 1000);
      });
      const second = recorder(1000);
      const other = run(second.tick, 'replica-2');
      await clock.advance(1000);
      other.adopt(
        await commit(
          (await rows.get('web'))!,
          { phase: 'RollingBack' },
          { owner: 'replica-2' },
        ),
      );
      await clock.advance(1000);
      expect(second.ticks[0].atMs).toBe(1000);
      expect(ended).toBe(true);
      expect((await rows.get('web'))?.owner).toBe('replica-2');
    });
  });
});
