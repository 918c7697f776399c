import {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { Clock, Cluster, ClusterSupplier } from 'backstage-plugin-canary-node';
import { connectCluster } from '../client/connectCluster';
import { readClusterAccess } from './readClusterAccess';
import { readKubernetesPluginAccess } from './readKubernetesPluginAccess';

/**
 * The clusters of `canary.clusters` or, where it names none, those that the
 * Kubernetes plugin's `config` locators name with a ServiceAccount.
 *
 * The first reading happens here, so that a wrong configuration stops the
 * start. Later changes of the configuration take effect with the next call of
 * `clusters()`; a change that cannot be read is logged and the clusters from
 * before stay.
 *
 * @throws InputError naming the entry that is wrong
 */
export function readClusters(
  config: RootConfigService,
  options: { readonly logger: LoggerService; readonly clock: Clock },
): ClusterSupplier {
  const { logger } = options;
  let text = configurationText(config);
  let clusters = openClusters(config, options);
  return {
    async clusters() {
      const now = configurationText(config);
      if (now !== text) {
        text = now;
        try {
          clusters = openClusters(config, options);
        } catch (error) {
          logger.error(
            `Failed to take over the changed configuration of clusters; those of before are kept: ${
              (error as Error).message
            }`,
          );
        }
      }
      return clusters;
    },
  };
}

function openClusters(
  config: Config,
  { logger, clock }: Parameters<typeof readClusters>[1],
): readonly Cluster[] {
  const own = config.getOptionalConfigArray('canary.clusters') ?? [];
  const entries =
    own.length > 0
      ? own.map(readClusterAccess)
      : kubernetesPluginEntries(config).map(readKubernetesPluginAccess);

  const names = new Set<string>();
  return entries.flatMap(entry => {
    if (names.has(entry.name)) {
      throw new InputError(`Two clusters are named "${entry.name}"`);
    }
    names.add(entry.name);
    if (!entry.access) {
      if ('skipped' in entry && entry.skipped) logger.info(entry.skipped);
      return [];
    }
    return [connectCluster(entry.name, entry.access, clock)];
  });
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
