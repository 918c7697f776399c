/** Every kind of a pod's containers. @public */
export const CONTAINER_KINDS = ['container', 'init', 'sidecar'] as const;

/**
 * What a container is in its pod: one that serves, an init container that ends
 * before, or a sidecar, an init container that runs on (`restartPolicy: Always`).
 *
 * @public
 */
export type ContainerKind = (typeof CONTAINER_KINDS)[number];
