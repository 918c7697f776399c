import { KubernetesObject } from 'backstage-plugin-canary-node';
import { livePods, podStatus } from './pods';

/**
 * What really runs behind the image names: the distinct image ids of running
 * containers, by container, sorted.
 */
export function imageIds(
  pods: readonly KubernetesObject[],
): Record<string, readonly string[]> {
  const ids = new Map<string, Set<string>>();
  for (const pod of livePods(pods)) {
    for (const status of podStatus(pod).containerStatuses ?? []) {
      const id = comparableId(status.imageID ?? '');
      if (!status.state?.running || !id) continue;
      ids.set(status.name, (ids.get(status.name) ?? new Set()).add(id));
    }
  }
  return Object.fromEntries(
    [...ids].map(([container, found]) => [container, [...found].sort()]),
  );
}

/**
 * The digest alone. Container runtimes write it in front of a scheme, a
 * repository or neither, and a cluster may mix runtimes.
 */
function comparableId(imageId: string): string {
  return /sha256:[0-9a-f]{64}$/.exec(imageId)?.[0] ?? imageId;
}
