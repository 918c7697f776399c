import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock, Cluster, ClusterSupplier } from 'backstage-plugin-canary-node';
import { withTimeout } from '../../clock';

/** A supplier is somebody else's code: it must not stop every read of every cluster. */
const ANSWER_MS = 5_000;

/**
 * All clusters of several suppliers. Of two with the same name the first wins;
 * a supplier that fails or never answers adds none this time and is logged, so that a module's
 * trouble does not take the other clusters away.
 */
export function mergeSuppliers(
  suppliers: readonly ClusterSupplier[],
  options: {
    readonly logger: LoggerService;
    readonly clock: Clock;
  },
): ClusterSupplier {
  const { logger, clock } = options;
  const limits = { clock, timeoutMs: ANSWER_MS };
  const shadowed = new Set<string>();
  return {
    async clusters() {
      const answers = await Promise.allSettled(
        suppliers.map(supplier =>
          withTimeout(limits, async () => supplier.clusters()),
        ),
      );
      const byName = new Map<string, Cluster>();
      for (const [index, answer] of answers.entries()) {
        if (answer.status === 'rejected') {
          const which = `supplier ${index + 1} of ${suppliers.length}`;
          logger.warn(`Failed to list the clusters of ${which}`, answer.reason);
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
