import { Health } from 'backstage-plugin-canary-common';
import { ClusterSupplier } from 'backstage-plugin-canary-node';

/** A controller that has not looked for this long is stuck. */
const STUCK_MS = 60_000;
const PING_MS = 3_000;

/**
 * How the plugin is: whether its controller looks at the database, and which
 * clusters answer. Open to all, so a cluster's own words stay out of it.
 */
export async function readHealth(options: {
  readonly clusters: ClusterSupplier;
  readonly lastLookAt: number | undefined;
  readonly now: number;
}): Promise<Health> {
  const { lastLookAt, now } = options;
  const clusters = await Promise.all(
    (
      await options.clusters.clusters()
    ).map(async cluster => {
      const reachable = await cluster.ping(AbortSignal.timeout(PING_MS)).then(
        () => true,
        () => false,
      );
      const message = `Cluster ${cluster.name} does not answer.`;
      return { name: cluster.name, reachable, ...(!reachable && { message }) };
    }),
  );
  const lastTickAgeMs =
    lastLookAt === undefined ? undefined : Math.max(0, now - lastLookAt);
  const alive = lastTickAgeMs !== undefined && lastTickAgeMs < STUCK_MS;
  return {
    status:
      alive && clusters.every(({ reachable }) => reachable) ? 'ok' : 'degraded',
    ...(lastTickAgeMs !== undefined && { lastTickAgeMs }),
    clusters,
  };
}
