import { KubernetesObject, ObjectRef } from 'backstage-plugin-canary-node';

/** Names an object that was read. */
export function refOf({
  apiVersion,
  kind,
  metadata,
}: KubernetesObject): ObjectRef {
  const { namespace = '', name } = metadata;
  return { apiVersion, kind, namespace, name };
}
