import { InputError } from '@backstage/errors';
import { KubeConfig } from '@kubernetes/client-node';
import { Clock } from 'backstage-plugin-canary-node';
import { KubeConfigCluster } from './KubeConfigCluster';

/** How to reach one cluster, as configuration says it. */
export type ClusterAccess =
  | {
      readonly type: 'kubeconfig';
      /** Without it `$KUBECONFIG`, or the file in the home folder. */
      readonly path?: string;
      readonly context?: string;
    }
  | { readonly type: 'inCluster' }
  | {
      readonly type: 'url';
      readonly url: string;
      readonly token?: string;
      readonly tokenFile?: string;
      /** PEM in base64. */
      readonly caData?: string;
      readonly caFile?: string;
      readonly skipTLSVerify?: boolean;
    };

/**
 * Opens a cluster; no request is sent yet.
 *
 * @throws InputError when the configuration leads nowhere
 */
export function connectCluster(
  name: string,
  access: ClusterAccess,
  clock: Clock,
): KubeConfigCluster {
  const kubeConfig = new KubeConfig();
  try {
    loadAccess(kubeConfig, access);
  } catch (error) {
    // The parser's own text may quote a line of the file.
    const { code } = error as { code?: string };
    throw new InputError(
      `Cluster "${name}": its kubeconfig cannot be loaded${
        code ? ` (${code})` : ''
      }`,
    );
  }
  const cluster = kubeConfig.getCurrentCluster();
  const user = kubeConfig.getCurrentUser();
  if (!cluster || !user) {
    throw new InputError(
      `Cluster "${name}": context "${kubeConfig.getCurrentContext()}" does not name a cluster and a user of its kubeconfig`,
    );
  }
  if (!/^https?:\/\//.test(cluster.server) || !URL.canParse(cluster.server)) {
    throw new InputError(
      `Cluster "${name}": its address must start with https:// or http://`,
    );
  }
  // The library refuses plain HTTP unless TLS verification is off as well.
  const skipTLSVerify =
    cluster.skipTLSVerify || cluster.server.startsWith('http:');
  kubeConfig.loadFromClusterAndUser({ ...cluster, skipTLSVerify }, user);
  return new KubeConfigCluster(name, kubeConfig, clock);
}

function loadAccess(kubeConfig: KubeConfig, access: ClusterAccess) {
  switch (access.type) {
    case 'inCluster':
      kubeConfig.loadFromCluster();
      break;
    case 'kubeconfig':
      if (access.path) kubeConfig.loadFromFile(access.path);
      else kubeConfig.loadFromDefault();
      if (access.context) kubeConfig.setCurrentContext(access.context);
      break;
    default:
      kubeConfig.loadFromClusterAndUser(
        {
          name: 'cluster',
          server: access.url,
          caData: access.caData,
          caFile: access.caFile,
          skipTLSVerify: access.skipTLSVerify ?? false,
        },
        {
          name: 'user',
          token: access.token,
          // Read again once a minute, as bound tokens are renewed in place.
          authProvider: access.tokenFile
            ? {
                name: 'tokenFile',
                config: { tokenFile: access.tokenFile },
              }
            : undefined,
        },
      );
  }
}
