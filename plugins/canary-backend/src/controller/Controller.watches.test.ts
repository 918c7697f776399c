import { mockServices } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { TrafficRouter } from 'backstage-plugin-canary-node';
import { SimulatedClock } from '../clock/testing/SimulatedClock';
import { Registry } from '../registry';
import { Instant } from '../rollout';
import { LeaseStore, RolloutStore, StoredRollout } from '../store';
import { rolloutFixture } from '../store/testing/rolloutFixture';
import { Controller, DEFAULT_PACE } from './Controller';
import { WatchedCluster } from './testing/WatchedCluster';
import { Tick } from './tick/reconcile';
import { Watches } from './watches/Watches';

/** A watch of a rollout: its pods, and its Deployments. */
const STREAMS = 2;
const OWNER = 'replica-1';

/** Rows with their leases, as the controller sees them. */
class Rows implements LeaseStore {
  /** The database is. */
  away = false;
  private readonly rows = new Map<string, StoredRollout>();

  /** A rollout that is due and nobody's. */
  add(id: string): void {
    const state = rolloutFixture(id, { requeueAt: 0 });
    this.rows.set(id, { state, revision: 1, epoch: 1 });
  }

  /** Another replica takes it. */
  take(id: string): void {
    this.lease(this.rows.get(id)!, 'replica-2');
  }

  async get(id: string) {
    if (this.away) throw new Error('the database is away');
    return this.rows.get(id);
  }

  async claim({ owner, ids, limit }: Parameters<LeaseStore['claim']>[0]) {
    return [...(ids ?? this.rows.keys())]
      .flatMap(id => this.rows.get(id) ?? [])
      .filter(({ lease, state }) => !lease && (ids || state.requeueAt === 0))
      .slice(0, limit)
      .map(row => this.lease(row, owner));
  }

  async renew(id: string, epoch: number) {
    return this.rows.get(id)?.epoch === epoch;
  }

  async release(id: string, epoch: number, requeueAt: Instant | undefined) {
    const { lease: _, ...row } = this.rows.get(id)!;
    if (row.epoch !== epoch) return;
    this.rows.set(id, { ...row, state: { ...row.state, requeueAt } });
  }

  async nextRequeueAt() {
    return undefined;
  }

  private lease(row: StoredRollout, owner: string): StoredRollout {
    const epoch = row.epoch + 1;
    const leased = { ...row, epoch, lease: { owner, epoch, until: Infinity } };
    this.rows.set(row.state.id, leased);
    return leased;
  }
}

describe('what the controller watches', () => {
  let clock: SimulatedClock;
  let cluster: WatchedCluster;
  let rows: Rows;
  let ticks: string[];
  let controller: Controller;

  beforeEach(() => {
    clock = new SimulatedClock();
    cluster = new WatchedCluster();
    rows = new Rows();
    ticks = [];
  });
  afterEach(() => controller.stop());

  /** Works with this tick, by default one that sleeps for a minute. */
  async function run(
    tick: (stored: StoredRollout) => Partial<Tick> = () => ({}),
  ) {
    controller = new Controller({
      rollouts: rows as unknown as RolloutStore,
      leases: rows,
      owner: OWNER,
      clock,
      logger: mockServices.logger.mock(),
      pace: { ...DEFAULT_PACE, workers: 1_000 },
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
        return { stored, requeueAt: clock.now() + 60_000, ...tick(stored) };
      },
    });
    controller.start();
    await clock.advance(100);
  }

  const ended = (stored: StoredRollout): { stored: StoredRollout } => ({
    stored: { ...stored, state: { ...stored.state, phase: 'Succeeded' } },
  });

  it('stays watched when its worker let it go, and wakes at a hint', async () => {
    rows.add('web');
    await run();
    expect((await rows.get('web'))?.lease).toBeUndefined();
    expect(cluster.streams).toBe(STREAMS);

    await clock.advance(20_000);
    expect(ticks).toEqual(['web']);
    cluster.change('web');
    await clock.advance(400);
    expect(ticks).toEqual(['web', 'web']);
    expect(cluster.streams).toBe(STREAMS);
  });

  it('comes back at its time without a hint, and only once for one', async () => {
    rows.add('web');
    await run();
    await clock.advance(60_000);
    expect(ticks).toHaveLength(2);
    cluster.change('web');
    await clock.advance(59_000);
    expect(ticks).toHaveLength(3);
  });

  it('takes a hint for a hint: another replica has the rollout, and is left alone', async () => {
    rows.add('web');
    await run();
    rows.take('web');
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
        rows.take(id);
        throw new ConflictError('the row changed');
      },
    ],
    [
      'its worker broke down',
      () => {
        rows.away = true;
        throw new ConflictError('the row changed');
      },
    ],
  ])('is not watched any more when %s', async (_, tick) => {
    rows.add('web');
    await run(stored => {
      expect(cluster.streams).toBe(STREAMS);
      return tick(stored);
    });
    await clock.advance(1_000);
    expect(ticks).toEqual(['web']);
    expect(cluster.streams).toBe(0);
  });

  it('is not watched after a stop, whatever it was doing', async () => {
    rows.add('asleep');
    rows.add('worked-on');
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
    for (let n = 0; n < 1_000; n++) rows.add(`${fates[n % 4]} ${n}`);
    await run(stored => {
      const { id } = stored.state;
      if (id.startsWith('sleeps')) return {};
      if (id.startsWith('ends')) return ended(stored);
      rows.take(id);
      return { failure: id.startsWith('fails') ? 'Forbidden' : undefined };
    });
    await clock.advance(10_000);
    expect(new Set(ticks).size).toBe(1_000);
    // Of 250 that sleep.
    expect(cluster.streams).toBe(200 * STREAMS);
    await controller.stop();
    expect(cluster.streams).toBe(0);
  });
});
