import { mockServices } from '@backstage/backend-test-utils';
import { Cluster, ClusterSupplier } from 'backstage-plugin-canary-node';
import { SimulatedClock } from '../../clock/testing/SimulatedClock';
import { findCluster } from './findCluster';
import { mergeSuppliers } from './mergeSuppliers';

const clock = new SimulatedClock();
const logger = mockServices.logger.mock();
const cluster = (name: string) => ({ name } as Cluster);
const supply = (...clusters: Cluster[]): ClusterSupplier => ({
  clusters: async () => clusters,
});

describe('mergeSuppliers', () => {
  beforeEach(() => jest.clearAllMocks());

  it('uses the first of two clusters of a name, and warns once', async () => {
    const first = cluster('blue');
    const merged = mergeSuppliers(
      [supply(first), supply(cluster('blue'), cluster('green'))],
      { logger, clock },
    );
    await merged.clusters();
    const clusters = await merged.clusters();
    expect(clusters.map(({ name }) => name)).toEqual(['blue', 'green']);
    expect(clusters[0]).toBe(first);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('keeps the clusters of others when a supplier fails', async () => {
    const failing: ClusterSupplier = {
      clusters: () => {
        throw new Error('no inventory');
      },
    };
    const merged = mergeSuppliers([failing, supply(cluster('blue'))], {
      logger,
      clock,
    });
    expect(await merged.clusters()).toHaveLength(1);
    expect(logger.warn).toHaveBeenCalledWith(
      'Failed to list the clusters of supplier 1 of 2',
      expect.objectContaining({ message: 'no inventory' }),
    );
  });
});

describe('a supplier that never answers', () => {
  it('keeps nobody from the clusters of others', async () => {
    const silent: ClusterSupplier = { clusters: () => new Promise(() => {}) };
    const merged = mergeSuppliers([silent, supply(cluster('blue'))], {
      logger,
      clock,
    });
    const clusters = merged.clusters();
    await clock.advance(5_000);
    expect(await clusters).toHaveLength(1);
    expect(logger.warn).toHaveBeenCalledWith(
      'Failed to list the clusters of supplier 1 of 2',
      expect.objectContaining({
        message: 'No answer within 5000 ms',
      }),
    );
  });
});

describe('findCluster', () => {
  it('says which clusters there are when one is gone', async () => {
    await expect(
      findCluster(supply(cluster('blue'), cluster('green')), 'red'),
    ).rejects.toMatchObject({
      name: 'NotFoundError',
      message:
        'Cluster "red" is not configured; add it to canary.clusters, or repair what supplies it (configured: "blue", "green")',
    });
  });
});
