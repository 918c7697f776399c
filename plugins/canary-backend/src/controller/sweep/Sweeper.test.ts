import { SimulatedClock } from '../../clock/testing/SimulatedClock';
import { EndedRollout } from '../../store';
import { Sweeper } from './Sweeper';

const { signal } = new AbortController();
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

function open(owner = 'a', live = ['a']) {
  const clock = new SimulatedClock();
  const swept: string[] = [];
  const logger = { info: jest.fn(), warn: jest.fn() };
  const world = {
    ended: [] as EndedRollout[],
    phase: 'RolledBack',
    late: [] as string[],
    failure: undefined as Error | undefined,
    counted: 0,
  };
  const make = () =>
    new Sweeper({
      rollouts: {
        endedSince: async since =>
          world.ended.filter(({ finishedAt }) => finishedAt > since),
        get: async id => ({ state: { id, phase: world.phase } } as any),
      },
      sweep: async ({ id }) => {
        swept.push(id);
        if (world.failure) throw world.failure;
        return world.late.splice(0);
      },
      heartbeat: {
        owner,
        live: live.map(id => ({ id, reaches: ['eu'] } as any)),
        assertProven() {},
      },
      clock,
      logger,
      telemetry: { swept: (objects: number) => (world.counted += objects) },
    } as ConstructorParameters<typeof Sweeper>[0]);
  const end = (id: string, cluster = 'eu') =>
    world.ended.push({ id, cluster, finishedAt: clock.now() });
  let sweeper = make();
  /** Asks as often as a heartbeat would, or a little less so. */
  const run = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 5 * SECOND) {
      await clock.advance(5 * SECOND);
      await sweeper.look(signal);
    }
  };
  return {
    world,
    swept,
    logger,
    end,
    run,
    restart: () => {
      sweeper = make();
    },
  };
}

describe('Sweeper', () => {
  it('looks twice at what ended, and no more', async () => {
    const { end, run, swept } = open();
    end('r1');
    await run(25 * SECOND);
    expect(swept).toEqual([]);
    await run(20 * SECOND);
    expect(swept).toEqual(['r1']);
    await run(3 * MINUTE);
    expect(swept).toEqual(['r1']);
    await run(3 * MINUTE);
    expect(swept).toEqual(['r1', 'r1']);
    await run(2 * 60 * MINUTE);
    expect(swept).toEqual(['r1', 'r1']);
  });

  it('tells what it removed', async () => {
    const { end, run, world, logger } = open();
    end('r1');
    world.late.push('Service shop/checkout-canary');
    await run(MINUTE);
    expect(world.counted).toBe(1);
    expect(logger.info).toHaveBeenCalledWith(
      'Removed Service shop/checkout-canary, which arrived after the end of rollout r1',
    );
  });

  it('forgets nothing when it is started anew, within the hour', async () => {
    const { end, run, restart, swept } = open();
    end('r1');
    await run(10 * SECOND);
    restart();
    await run(MINUTE);
    expect(swept).toEqual(['r1']);
    await run(50 * MINUTE);
    restart();
    await run(30 * SECOND);
    expect(swept).toEqual(['r1', 'r1', 'r1']);
    await run(20 * MINUTE);
    restart();
    await run(MINUTE);
    expect(swept).toHaveLength(3);
  });

  it('tries again what failed, and says so once', async () => {
    const { end, run, world, swept, logger } = open();
    end('r1');
    world.failure = new Error('No route to host');
    await run(2 * MINUTE);
    expect(swept.length).toBeGreaterThan(3);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    world.failure = undefined;
    swept.length = 0;
    await run(MINUTE);
    expect(swept).toEqual(['r1']);
  });

  it('leaves to other replicas what is proposed to them, and to nobody what nobody reaches', async () => {
    const replicas = ['a', 'b', 'c'];
    const each = replicas.map(owner => open(owner, replicas));
    const ids = ['r1', 'r2', 'r3', 'r4', 'r5', 'r6'];
    for (const { end, run } of each) {
      ids.forEach(id => end(id));
      end('far', 'us');
      await run(MINUTE);
    }
    expect(each.flatMap(({ swept }) => swept).sort()).toEqual(ids);
  });

  it('touches nothing of a rollout that has not ended after all', async () => {
    const { end, run, world, swept } = open();
    world.phase = 'Progressing';
    end('r1');
    await run(10 * MINUTE);
    expect(swept).toEqual([]);
  });
});
