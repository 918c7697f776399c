import { mockServices } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { TrafficRouter } from 'backstage-plugin-canary-node';
import { SimulatedClock } from '../clock/testing/SimulatedClock';
import { Registry } from '../registry';
import { StoredRollout } from '../store';
import { rolloutFixture } from '../store/testing/rolloutFixture';
import { Controller } from './Controller';
import { MemoryRows } from './testing/MemoryRows';
import { startReplica, ticked } from './testing/startReplica';
import { WatchedCluster } from './testing/WatchedCluster';
import { Tick } from './tick/reconcile';
import { Watches } from './watches/Watches';

/** A watch of a rollout: its pods, and its Deployments. */
const STREAMS = 2;
const OWNER = 'replica-1';

describe('what the controller watches', () => {
  let clock: SimulatedClock;
  let cluster: WatchedCluster;
  let rows: MemoryRows;
  let ticks: string[];
  let controller: Controller;

  beforeEach(() => {
    clock = new SimulatedClock();
    cluster = new WatchedCluster();
    rows = new MemoryRows(clock);
    ticks = [];
  });
  afterEach(() => controller.stop());

  const add = (id: string) => rows.create(rolloutFixture(id, { requeueAt: 0 }));

  /** Another replica takes it. */
  async function take(id: string) {
    await rows.beat({ replica: 'replica-2', leaseMs: 1e9, reaches: [] });
    const { state, revision, epoch } = (await rows.get(id))!;
    const takeover = { owner: 'replica-2' };
    await rows.commit({ id, revision, epoch, takeover, next: state });
  }

  /** Works with this tick, by default one that sleeps for a minute. */
  async function run(
    tick: (stored: StoredRollout) => Partial<Tick> = () => ({}),
  ) {
    const { controller: started } = startReplica({
      rows,
      clock,
      owner: OWNER,
      logger: mockServices.logger.mock(),
      reaches: [rolloutFixture('any').target.cluster],
      watches: new Watches({
        findCluster: async () => cluster.cluster,
        routers: new Registry('traffic router', [
          {
            kind: 'gateway-api',
            resources: () => [],
          } as Partial<TrafficRouter> as TrafficRouter,
        ]),
        clock,
      }),
      tick: async stored => {
        ticks.push(stored.state.id);
        await clock.sleep(10);
        return ticked(stored, clock.now() + 60_000, tick(stored));
      },
    });
    controller = started;
    await clock.advance(100);
  }

  const ended = ({ state, revision, epoch }: StoredRollout) => {
    const next = { ...state, phase: 'Succeeded' as const };
    void rows.commit({ id: state.id, revision, epoch, next });
    return { stored: { state: next, revision: revision + 1, epoch } };
  };

  it('stays watched while it sleeps, and wakes at a hint', async () => {
    await add('web');
    await run();
    expect(cluster.streams).toBe(STREAMS);

    await clock.advance(20_000);
    expect(ticks).toEqual(['web']);
    cluster.change('web');
    await clock.advance(400);
    expect(ticks).toEqual(['web', 'web']);
    expect(cluster.streams).toBe(STREAMS);
  });

  it('comes back at its time without a hint, and only once for one', async () => {
    await add('web');
    await run();
    await clock.advance(60_000);
    expect(ticks).toHaveLength(2);
    cluster.change('web');
    await clock.advance(59_000);
    expect(ticks).toHaveLength(3);
  });

  it('takes a hint for a hint: another replica has the rollout, and is left alone', async () => {
    await add('web');
    await run();
    await take('web');
    cluster.change('web');
    await clock.advance(400);
    expect(ticks).toEqual(['web']);
    expect(cluster.streams).toBe(0);
  });

  it.each<[string, (stored: StoredRollout) => object]>([
    ['it ended', ended],
    [
      'another replica took it',
      ({ state: { id } }) => {
        void take(id);
        throw new ConflictError('the row changed');
      },
    ],
  ])('is not watched any more when %s', async (_, tick) => {
    await add('web');
    await run(stored => {
      expect(cluster.streams).toBe(STREAMS);
      return tick(stored);
    });
    await clock.advance(1_000);
    expect(ticks).toEqual(['web']);
    expect(cluster.streams).toBe(0);
  });

  it('is not watched after a stop, whatever it was doing', async () => {
    await add('asleep');
    await add('worked-on');
    await run(({ state: { id } }) =>
      id === 'asleep' ? {} : { requeueAt: clock.now() + 1_000 },
    );
    expect(cluster.streams).toBe(2 * STREAMS);
    await controller.stop();
    expect(cluster.streams).toBe(0);
    cluster.change('asleep');
    await clock.advance(60_000);
    expect(ticks.filter(id => id === 'asleep')).toHaveLength(1);
  });

  it('leaks nothing over a thousand rollouts', async () => {
    const fates = ['ends', 'is lost', 'fails', 'sleeps'];
    for (let n = 0; n < 1_000; n++) await add(`${fates[n % 4]} ${n}`);
    await run(stored => {
      const { id } = stored.state;
      if (id.startsWith('sleeps')) return {};
      if (id.startsWith('ends')) return ended(stored);
      void take(id);
      return { failure: id.startsWith('fails') ? 'Forbidden' : undefined };
    });
    await clock.advance(10_000);
    expect(new Set(ticks).size).toBe(1_000);
    // Of 250 that sleep; those that were lost asleep had taken the place of some.
    expect(cluster.streams).toBeLessThanOrEqual(200 * STREAMS);
    expect(cluster.streams).toBeGreaterThan(100 * STREAMS);
    await controller.stop();
    expect(cluster.streams).toBe(0);
  });
});
