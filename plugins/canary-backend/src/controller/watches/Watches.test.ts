import { TrafficRouter } from 'backstage-plugin-canary-node';
import { SimulatedClock } from '../../clock/testing/SimulatedClock';
import { Registry } from '../../registry';
import { rolloutFixture } from '../../store/testing/rolloutFixture';
import { WatchedCluster } from '../testing/WatchedCluster';
import { Watches } from './Watches';

/** A watch of a rollout: its pods, Deployments, and the one object of its route. */
const STREAMS = 3;

const router = {
  kind: 'gateway-api',
  resources: () => [
    { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'route' },
  ],
} as Partial<TrafficRouter> as TrafficRouter;

describe('Watches', () => {
  let clock: SimulatedClock;
  let eu: WatchedCluster;
  let findCluster: jest.Mock;
  let hints: string[];

  beforeEach(() => {
    clock = new SimulatedClock();
    eu = new WatchedCluster();
    findCluster = jest.fn(async () => eu.cluster);
    hints = [];
  });

  function watchesOf(mostAsleep?: number) {
    const routers = new Registry('traffic router', [router]);
    const watches = new Watches({ findCluster, routers, clock, mostAsleep });
    const open = async (id: string) => {
      watches.open(rolloutFixture(id), () => hints.push(id));
      await clock.advance(0);
    };
    return { watches, open };
  }

  it('opens one watch for a rollout, however often it is worked on', async () => {
    const { watches, open } = watchesOf();
    await open('web');
    watches.rest('web');
    await open('web');
    expect(eu.streams).toBe(STREAMS);
    eu.change('web');
    await clock.advance(1_000);
    expect(hints).toEqual(['web']);
  });

  it('keeps hearing of a rollout that sleeps, and nothing once it is closed', async () => {
    const { watches, open } = watchesOf();
    await open('web');
    watches.rest('web');
    eu.change('web');
    await clock.advance(1_000);
    expect(hints).toEqual(['web']);

    eu.change('web');
    watches.close('web');
    await clock.advance(1_000);
    expect(hints).toEqual(['web']);
    expect(eu.streams).toBe(0);
  });

  it('begins at the next look what could not begin', async () => {
    const { open } = watchesOf();
    findCluster.mockRejectedValueOnce(new Error('no cluster is called eu'));
    await open('web');
    expect(eu.streams).toBe(0);
    await open('web');
    expect(eu.streams).toBe(STREAMS);
  });

  it('moves to a cluster that was configured anew', async () => {
    const { open } = watchesOf();
    await open('web');
    const before = eu;
    eu = new WatchedCluster();
    await open('web');
    expect([before.streams, eu.streams]).toEqual([0, STREAMS]);
  });

  it('begins nothing for a rollout that went meanwhile', async () => {
    const { watches } = watchesOf();
    watches.open(rolloutFixture('web'), () => hints.push('web'));
    watches.close('web');
    await clock.advance(0);
    expect(eu.streams).toBe(0);
  });

  it('bounds the sleepers only, and drops whoever was let go first', async () => {
    const { watches, open } = watchesOf(2);
    for (const id of ['busy', 'a', 'b', 'c']) await open(id);
    for (const id of ['a', 'b']) watches.rest(id);
    await open('a');
    for (const id of ['a', 'c']) watches.rest(id);
    expect(eu.streams).toBe(3 * STREAMS);

    for (const id of ['busy', 'a', 'b', 'c']) eu.change(id);
    await clock.advance(1_000);
    expect(hints.sort()).toEqual(['a', 'busy', 'c']);
  });

  it('closes all at once, and what is about to begin as well', async () => {
    const { watches, open } = watchesOf();
    await open('web');
    watches.open(rolloutFixture('api'), () => hints.push('api'));
    watches.closeAll();
    await clock.advance(0);
    expect(eu.streams).toBe(0);
  });
});
