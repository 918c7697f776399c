import {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError, toError } from '@backstage/errors';
import { Clock, Cluster, ClusterSupplier } from 'backstage-plugin-canary-node';
import { connectCluster } from '../client/connectCluster';
import { readClusterAccess } from './readClusterAccess';
import { readKubernetesPluginAccess } from './readKubernetesPluginAccess';

/**
 * The clusters of `canary.clusters` or, where it names none, those that the
 * Kubernetes plugin's `config` locators name with a ServiceAccount.
 *
 * An entry that is wrong is logged and is no cluster; where it changed, the one
 * from before stays. Later changes of the configuration take effect with the
 * next call of `clusters()`.
 */
export function readClusters(
  config: RootConfigService,
  options: { readonly logger: LoggerService; readonly clock: Clock },
): ClusterSupplier {
  let text = configurationText(config);
  let clusters = openClusters(config, options, []);
  return {
    async clusters() {
      const now = configurationText(config);
      if (now !== text) {
        text = now;
        clusters = openClusters(config, options, clusters);
      }
      return clusters;
    },
  };
}

function openClusters(
  config: Config,
  { logger, clock }: Parameters<typeof readClusters>[1],
  before: readonly Cluster[],
): readonly Cluster[] {
  const own = config.getOptionalConfigArray('canary.clusters') ?? [];
  const [entries, readAccess, key] =
    own.length > 0
      ? [own, readClusterAccess, 'canary.clusters']
      : [
          kubernetesPluginEntries(config),
          readKubernetesPluginAccess,
          'kubernetes.clusterLocatorMethods',
        ];

  const clusters = new Map<string, Cluster>();
  for (const [index, raw] of entries.entries()) {
    try {
      const entry = readAccess(raw);
      if (clusters.has(entry.name)) {
        throw new InputError(`Two clusters are named "${entry.name}"`);
      }
      if (entry.access) {
        const { name, access } = entry;
        clusters.set(name, connectCluster(name, access, clock));
      } else if ('skipped' in entry && entry.skipped) {
        logger.info(entry.skipped);
      }
    } catch (error) {
      const name = nameOf(raw);
      const former = before.find(one => one.name === name);
      if (former && !clusters.has(former.name)) {
        clusters.set(former.name, former);
      }
      const effect = former ? 'stays as it was' : 'is disabled';
      logger.error(
        `Cluster ${
          name ?? index + 1
        } of ${key} ${effect}, and all else goes on: ${toError(error).message}`,
      );
    }
  }
  return [...clusters.values()];
}

function nameOf(entry: Config): string | undefined {
  const name = entry.getOptional('name');
  return typeof name === 'string' ? name : undefined;
}

function kubernetesPluginEntries(config: Config): Config[] {
  return (
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? []
  )
    .filter(locator => locator.getOptionalString('type') === 'config')
    .flatMap(locator => locator.getOptionalConfigArray('clusters') ?? []);
}

/** What the clusters were made of, to notice a change. */
function configurationText(config: Config): string {
  return JSON.stringify([
    config.getOptional('canary.clusters'),
    config.getOptional('kubernetes.clusterLocatorMethods'),
  ]);
}
