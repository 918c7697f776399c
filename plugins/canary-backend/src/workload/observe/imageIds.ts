import { KubernetesObject } from 'backstage-plugin-canary-node';
import { ContainerStatus, livePods, podStatus } from './pods';

type ImageIds = Record<string, readonly string[]>;

/**
 * What really runs behind the image names: the distinct image ids of running
 * containers, by container, sorted.
 */
export function imageIds(pods: readonly KubernetesObject[]): ImageIds {
  return distinctIds(
    livePods(pods).flatMap(pod =>
      (podStatus(pod).containerStatuses ?? []).filter(
        ({ state }) => state?.running,
      ),
    ),
  );
}

/** As `imageIds` of init containers, which have most often run already; undefined without any. */
export function initImageIds(
  pods: readonly KubernetesObject[],
): ImageIds | undefined {
  const ids = distinctIds(
    livePods(pods).flatMap(pod =>
      (podStatus(pod).initContainerStatuses ?? []).filter(
        ({ state }) => state?.running ?? state?.terminated,
      ),
    ),
  );
  return Object.keys(ids).length > 0 ? ids : undefined;
}

function distinctIds(statuses: readonly ContainerStatus[]): ImageIds {
  const ids = new Map<string, Set<string>>();
  for (const status of statuses) {
    const id = comparableId(status.imageID ?? '');
    if (!id) continue;
    ids.set(status.name, (ids.get(status.name) ?? new Set()).add(id));
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
