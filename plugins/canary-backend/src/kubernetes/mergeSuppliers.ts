import { LoggerService } from '@backstage/backend-plugin-api';
import { Cluster, ClusterSupplier } from 'backstage-plugin-canary-node';

/**
 * All clusters of several suppliers. Of two with the same name the first wins;
 * a supplier that fails adds none this time and is logged, so that a module's
 * trouble does not take the other clusters away.
 */
export function mergeSuppliers(
  suppliers: readonly ClusterSupplier[],
  options: { readonly logger: LoggerService },
): ClusterSupplier {
  const { logger } = options;
  const shadowed = new Set<string>();
  return {
    async clusters() {
      const answers = await Promise.allSettled(
        suppliers.map(async supplier => supplier.clusters()),
      );
      const byName = new Map<string, Cluster>();
      for (const answer of answers) {
        if (answer.status === 'rejected') {
          logger.warn('A supplier of clusters failed', answer.reason);
          continue;
        }
        for (const cluster of answer.value) {
          if (!byName.has(cluster.name)) {
            byName.set(cluster.name, cluster);
          } else if (!shadowed.has(cluster.name)) {
            shadowed.add(cluster.name);
            logger.warn(
              `Two suppliers name a cluster "${cluster.name}"; the first is used`,
            );
          }
        }
      }
      return [...byName.values()];
    },
  };
}
