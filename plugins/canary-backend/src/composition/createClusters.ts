import { Clock, ClusterSupplier } from 'backstage-plugin-canary-node';
import { mergeSuppliers, readClusters } from '../kubernetes';
import { Registries } from './createRegistries';
import { Services } from './services';

/** The clusters of the configuration, then those of modules. */
export function createClusters(
  deps: Pick<Services, 'config' | 'logger'> & { readonly clock: Clock },
  { suppliers }: Pick<Registries, 'suppliers'>,
): ClusterSupplier {
  return mergeSuppliers([readClusters(deps.config, deps), ...suppliers], deps);
}
