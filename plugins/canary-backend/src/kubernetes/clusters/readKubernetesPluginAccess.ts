import { Config } from '@backstage/config';
import { ClusterAccess } from '../client/connectCluster';

/** Where a pod finds the token of its own ServiceAccount. */
const OWN_TOKEN_FILE = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * One cluster of a `config` locator of the Kubernetes plugin. Only a
 * ServiceAccount can act without a signed-in person; for any other way to
 * authenticate the answer is a sentence that says why it cannot be used.
 */
export function readKubernetesPluginAccess(entry: Config): {
  readonly name: string;
  readonly access?: ClusterAccess;
  readonly skipped?: string;
} {
  const name = entry.getString('name');
  const provider =
    entry.getOptionalString('authProvider') ??
    // A config key with dots and a slash is no path, so the object is read.
    entry.getOptional<Record<string, string>>('authMetadata')?.[
      'kubernetes.io/auth-provider'
    ];
  if (provider !== 'serviceAccount') {
    return {
      name,
      skipped: `Cluster "${name}" of the Kubernetes plugin authenticates by "${provider}", which a controller without a signed-in person cannot use; name the cluster in canary.clusters with credentials of its own`,
    };
  }
  const token = entry.getOptionalString('serviceAccountToken');
  return {
    name,
    access: {
      type: 'url',
      url: entry.getString('url'),
      token,
      tokenFile: token ? undefined : OWN_TOKEN_FILE,
      caData: entry.getOptionalString('caData'),
      caFile: entry.getOptionalString('caFile'),
      skipTLSVerify: entry.getOptionalBoolean('skipTLSVerify'),
    },
  };
}
