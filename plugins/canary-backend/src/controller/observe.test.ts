import { NotFoundError } from '@backstage/errors';
import { Cluster } from 'backstage-plugin-canary-node';
import { rolloutFixture } from '../store/testing/rolloutFixture';
import { observe, ObserveRoom } from './observe';

const room: ObserveRoom = {
  now: () => 1000,
  findCluster: async () => ({} as Cluster),
  routerOf: kind => {
    throw new Error(`There is no traffic router ${kind}`);
  },
  judges: [],
  sources: {
    get: name => {
      throw new Error(name);
    },
  },
  perform: async () => undefined,
};
const { signal } = new AbortController();

describe('observe', () => {
  it('tells that the cluster left the configuration instead of failing', async () => {
    const findCluster = async () => {
      throw new NotFoundError('Cluster "production" is not configured');
    };
    const seen = await observe(
      rolloutFixture('web'),
      { ...room, findCluster },
      signal,
    );
    expect(seen.observation.unreachable).toContain('"production"');
    expect(seen.cluster).toBeUndefined();
  });

  it('tells that the module of the router is gone', async () => {
    const seen = await observe(rolloutFixture('web'), room, signal);
    expect(seen.observation.unreachable).toBe(
      'There is no traffic router gateway-api',
    );
  });

  it('shows why the last write was refused', async () => {
    const seen = await observe(
      rolloutFixture('web'),
      room,
      signal,
      'Forbidden',
    );
    expect(seen.observation.applyFailure).toBe('Forbidden');
  });

  it('is no observation once its tick was ended', async () => {
    const ended = AbortSignal.abort(new Error('somebody aborted'));
    await expect(observe(rolloutFixture('web'), room, ended)).rejects.toThrow(
      'somebody aborted',
    );
  });
});
