import { NotFoundError } from '@backstage/errors';
import { Cluster, ClusterSupplier } from 'backstage-plugin-canary-node';

/**
 * The cluster of that name.
 *
 * @throws NotFoundError when it is not, or no longer, configured
 */
export async function findCluster(
  supplier: ClusterSupplier,
  name: string,
): Promise<Cluster> {
  const clusters = await supplier.clusters();
  const found = clusters.find(cluster => cluster.name === name);
  if (found) return found;
  const names = clusters.map(cluster => `"${cluster.name}"`).join(', ');
  throw new NotFoundError(
    `Cluster "${name}" is not configured; add it to canary.clusters, or repair what supplies it (configured: ${
      names || 'none'
    })`,
  );
}
