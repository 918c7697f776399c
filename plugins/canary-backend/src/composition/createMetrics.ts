import { Clock, ClusterSupplier } from 'backstage-plugin-canary-node';
import { findCluster } from '../kubernetes';
import { MetricSources } from '../metrics';
import { readWorkloadPods } from '../workload';
import { Registries } from './createRegistries';
import { Services } from './services';

/** The metrics servers of the configuration, connected. */
export function createMetrics(
  deps: Pick<Services, 'config' | 'logger'> & {
    readonly clusters: ClusterSupplier;
    readonly clock: Clock;
  },
  { providers }: Pick<Registries, 'providers'>,
): MetricSources {
  const { config, logger, clusters, clock } = deps;
  return MetricSources.fromConfig(config, {
    providers,
    fetch,
    logger,
    clock,
    readPods: async ({ cluster, ...workload }, signal) =>
      readWorkloadPods(await findCluster(clusters, cluster), workload, signal),
  });
}
