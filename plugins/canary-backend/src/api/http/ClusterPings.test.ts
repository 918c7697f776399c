import { Cluster } from 'backstage-plugin-canary-node';
import { SimulatedClock } from '../../clock/testing/SimulatedClock';
import { ClusterPings } from './ClusterPings';

function pingsOf(...answers: boolean[]) {
  let asked = 0;
  const cluster = {
    name: 'blue',
    ping: async () => {
      const up = answers[asked];
      asked += 1;
      if (!up) throw new Error('10.0.0.1 refused');
    },
  } as unknown as Cluster;
  const clock = new SimulatedClock();
  const pings = new ClusterPings({ clusters: async () => [cluster] }, clock);
  return { pings, clock, asked: () => asked };
}

describe('ClusterPings', () => {
  it('asks once for everybody who asks at the same time and soon after', async () => {
    const { pings, clock, asked } = pingsOf(true, true);
    await Promise.all([pings.read(), pings.read()]);
    await clock.advance(4999);
    await pings.read();
    expect(asked()).toBe(1);
    await clock.advance(1);
    await pings.read();
    expect(asked()).toBe(2);
  });

  it('waits three seconds for a cluster that never answers', async () => {
    const clock = new SimulatedClock();
    const silent = { name: 'blue', ping: () => new Promise(() => {}) };
    const clusters = [silent as unknown as Cluster];
    const pings = new ClusterPings({ clusters: async () => clusters }, clock);
    const answers = pings.read();
    await clock.advance(3000);
    expect(await answers).toMatchObject([{ name: 'blue', reachable: false }]);
  });

  it('notices what changed, and keeps the words of a cluster to itself', async () => {
    const { pings, clock } = pingsOf(true, false);
    expect(await pings.read()).toEqual([{ name: 'blue', reachable: true }]);
    await clock.advance(6000);
    expect(await pings.read()).toEqual([
      {
        name: 'blue',
        reachable: false,
        message: 'Cluster blue does not answer.',
      },
    ]);
  });
});
