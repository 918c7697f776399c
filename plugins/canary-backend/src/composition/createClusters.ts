import { ClusterSupplier } from 'backstage-plugin-canary-node';
import { mergeSuppliers, readClusters } from '../kubernetes';
import { Registries } from './createRegistries';
import { Services } from './services';

/** The clusters of the configuration, then those of modules. */
export function createClusters(
  { config, logger }: Pick<Services, 'config' | 'logger'>,
  { clusters }: Pick<Registries, 'clusters'>,
): ClusterSupplier {
  return mergeSuppliers([readClusters(config, { logger }), ...clusters], {
    logger,
  });
}
