import {
  Cluster,
  KubernetesObject,
  refOf,
  stringifyObjectRef,
} from 'backstage-plugin-canary-node';

/**
 * Deletes objects as they were read, and none that anybody changed since.
 *
 * @returns what was deleted, for messages
 */
export async function removeLate(
  cluster: Cluster,
  late: readonly KubernetesObject[],
  signal?: AbortSignal,
): Promise<string[]> {
  const removed: string[] = [];
  for (const object of late) {
    const ref = refOf(object);
    const { uid, resourceVersion } = object.metadata;
    await cluster.delete(ref, { uid, resourceVersion }, signal);
    removed.push(stringifyObjectRef(ref));
  }
  return removed;
}
