import { Cluster } from 'backstage-plugin-canary-node';
import { SimulatedClock } from '../../clock/testing/SimulatedClock';
import { Reachability } from './Reachability';

const { signal } = new AbortController();

function open() {
  const clock = new SimulatedClock();
  const asked: string[] = [];
  const world = { names: ['shop', 'barn'], deaf: new Set<string>() };
  const clusterOf = (name: string) =>
    ({
      name,
      ping: async () => {
        asked.push(name);
        if (world.deaf.has(name)) throw new Error('No route to host');
      },
    } as Partial<Cluster> as Cluster);
  const reachability = new Reachability({
    clusters: { clusters: async () => world.names.map(clusterOf) },
    clock,
  });
  return { clock, asked, world, reachability };
}

describe('Reachability', () => {
  it('reaches nothing before a cluster has answered', async () => {
    const { reachability, world } = open();
    expect(reachability.reached).toEqual([]);
    world.deaf.add('barn');
    await reachability.ask(signal);
    expect(reachability.reached).toEqual(['shop']);
  });

  it('asks a cluster only where nobody has told of it for ten seconds', async () => {
    const { reachability, asked, clock } = open();
    await reachability.ask(signal);
    await clock.advance(9_000);
    reachability.tell('shop', true);
    await clock.advance(2_000);
    await reachability.ask(signal);
    expect(asked).toEqual(['shop', 'barn', 'barn']);
  });

  it('gives a cluster up after three ticks in a row that saw nothing', async () => {
    const { reachability } = open();
    await reachability.ask(signal);
    for (const saw of [false, false, true, false, false]) {
      reachability.tell('shop', saw);
    }
    expect(reachability.reached).toContain('shop');
    reachability.tell('shop', false);
    expect(reachability.reached).toEqual(['barn']);
    reachability.tell('shop', true);
    expect(reachability.reached).toEqual(['shop', 'barn']);
  });

  it('does not wait for a cluster that stays silent', async () => {
    const { reachability, clock, world } = open();
    world.names = ['shop'];
    await reachability.ask(signal);
    const silent = { name: 'shop', ping: () => new Promise<void>(() => {}) };
    const waiting = new Reachability({
      clusters: {
        clusters: async () => [silent as Partial<Cluster> as Cluster],
      },
      clock,
    });
    const asking = waiting.ask(signal);
    await clock.advance(3_000);
    await asking;
    expect(waiting.reached).toEqual([]);
  });

  it('forgets a cluster that left the configuration', async () => {
    const { reachability, world } = open();
    await reachability.ask(signal);
    world.names = ['barn'];
    await reachability.ask(signal);
    expect(reachability.reached).toEqual(['barn']);
  });
});
