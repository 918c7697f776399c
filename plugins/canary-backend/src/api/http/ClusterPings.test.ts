import { Cluster } from 'backstage-plugin-canary-node';
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
  const pings = new ClusterPings({ clusters: async () => [cluster] });
  return { pings, asked: () => asked };
}

describe('ClusterPings', () => {
  it('asks once for everybody who asks at the same time and soon after', async () => {
    const { pings, asked } = pingsOf(true, true);
    await Promise.all([pings.read(0), pings.read(0), pings.read(4999)]);
    expect(asked()).toBe(1);
    await pings.read(5000);
    expect(asked()).toBe(2);
  });

  it('notices what changed, and keeps the words of a cluster to itself', async () => {
    const { pings } = pingsOf(true, false);
    expect(await pings.read(0)).toEqual([{ name: 'blue', reachable: true }]);
    expect(await pings.read(6000)).toEqual([
      {
        name: 'blue',
        reachable: false,
        message: 'Cluster blue does not answer.',
      },
    ]);
  });
});
