import { Cluster } from 'backstage-plugin-canary-node';
import { PodTemplate } from '../manifests/manifests';
import { digest } from '../manifests/templateHash';
import { unlessForbidden } from '../observe/unlessForbidden';

/**
 * What the pods are configured with besides their template, so that a rollback
 * can say that it meets another configuration: `ConfigMap/<name>` → digest of
 * its content, `Secret/<name>` → its resourceVersion, never its content.
 * Objects that do not exist, or that we may not read, are left out;
 * `unreadable` names the latter.
 */
export async function readConfiguration(
  cluster: Cluster,
  namespace: string,
  template: PodTemplate,
  signal?: AbortSignal,
): Promise<{
  readonly configuration: Readonly<Record<string, string>>;
  readonly unreadable: readonly string[];
}> {
  const unreadable: string[] = [];
  const entries = await Promise.all(
    namedObjects(template).map(async ({ kind, name }) => {
      const key = `${kind}/${name}`;
      const ref = { apiVersion: 'v1', kind, namespace, name };
      const object = await unlessForbidden(cluster.get(ref, signal));
      if (object === 'forbidden') unreadable.push(key);
      if (!object || object === 'forbidden') return [];
      const { data, binaryData, metadata } = object;
      const fingerprint =
        kind === 'Secret'
          ? metadata.resourceVersion ?? ''
          : digest({ data: data ?? {}, binaryData: binaryData ?? {} });
      return [[key, fingerprint] as const];
    }),
  );
  return {
    configuration: Object.fromEntries(entries.flat()),
    unreadable: unreadable.sort(),
  };
}

/** ConfigMaps and Secrets that a pod template names, each once. */
function namedObjects({ spec }: PodTemplate) {
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  const environment = containers.flatMap(({ env = [], envFrom = [] }) => [
    ...env.map(({ valueFrom }) => ({
      ConfigMap: valueFrom?.configMapKeyRef?.name,
      Secret: valueFrom?.secretKeyRef?.name,
    })),
    ...envFrom.map(({ configMapRef, secretRef }) => ({
      ConfigMap: configMapRef?.name,
      Secret: secretRef?.name,
    })),
  ]);
  const volumes = (spec.volumes ?? []).flatMap(
    ({ configMap, secret, projected }) => [
      { ConfigMap: configMap?.name, Secret: secret?.secretName },
      ...(projected?.sources ?? []).map(source => ({
        ConfigMap: source.configMap?.name,
        Secret: source.secret?.name,
      })),
    ],
  );
  const all = [...environment, ...volumes];
  return (['ConfigMap', 'Secret'] as const).flatMap(kind =>
    [...new Set(all.flatMap(named => named[kind] || []))]
      .sort()
      .map(name => ({ kind, name })),
  );
}
