import {
  InputError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import { Cluster } from 'backstage-plugin-canary-node';

/** The cluster of this name; throws `InputError` when it left the configuration. */
export function clusterNamed(
  clusters: readonly Cluster[],
  name: string,
): Cluster {
  const cluster = clusters.find(one => one.name === name);
  if (!cluster) {
    throw new InputError(
      `Cluster ${name} is not configured any more; add it to canary.clusters`,
    );
  }
  return cluster;
}

/**
 * What a cluster answered. Its refusal of our account must not look like a
 * permission that the person lacks: it becomes a `ServiceUnavailableError`.
 */
export async function ofCluster<T>(
  name: string,
  answer: Promise<T>,
): Promise<T> {
  return answer.catch(error => {
    const { name: kind, message } = toError(error);
    if (kind !== 'NotAllowedError') throw error;
    throw new ServiceUnavailableError(
      `Cluster ${name} does not let the canary plugin read what a rollout needs: ${message}; an administrator gives its account the rights it lacks`,
    );
  });
}
