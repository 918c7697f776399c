import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ClusterAccess } from '../client/connectCluster';

/**
 * One entry of `canary.clusters`: `name`, and how to reach it as exactly one of
 * `kubeconfig`, `inCluster: true` and `url`.
 *
 * @throws InputError naming the entry
 */
export function readClusterAccess(entry: Config): {
  readonly name: string;
  readonly access: ClusterAccess;
} {
  const name = entry.getString('name');
  const kubeconfig = entry.getOptionalConfig('kubeconfig');
  const inCluster = entry.getOptionalBoolean('inCluster') ?? false;
  const url = entry.getOptionalString('url');

  if ([kubeconfig, inCluster, url].filter(Boolean).length !== 1) {
    throw new InputError(
      `canary.clusters: "${name}" needs exactly one of kubeconfig, inCluster: true and url`,
    );
  }
  if (kubeconfig) {
    return {
      name,
      access: {
        type: 'kubeconfig',
        path: kubeconfig.getOptionalString('path'),
        context: kubeconfig.getOptionalString('context'),
      },
    };
  }
  if (!url) return { name, access: { type: 'inCluster' } };
  return {
    name,
    access: {
      type: 'url',
      url,
      token: entry.getOptionalString('token'),
      tokenFile: entry.getOptionalString('tokenFile'),
      caData: entry.getOptionalString('caData'),
      caFile: entry.getOptionalString('caFile'),
      skipTLSVerify: entry.getOptionalBoolean('skipTLSVerify'),
    },
  };
}
