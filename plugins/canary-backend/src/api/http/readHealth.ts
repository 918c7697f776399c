import { Health } from 'backstage-plugin-canary-common';
import { ClusterPings } from './ClusterPings';

/** A controller that has not looked for this long is stuck. */
const STUCK_MS = 60_000;

/** How the plugin is: whether its controller looks at the database, and which clusters answer. */
export async function readHealth(options: {
  readonly pings: ClusterPings;
  readonly lastLookAt: number | undefined;
  readonly now: number;
}): Promise<Health> {
  const { pings, lastLookAt, now } = options;
  const clusters = await pings.read();
  const lastTickAgeMs =
    lastLookAt === undefined ? undefined : Math.max(0, now - lastLookAt);
  const alive = lastTickAgeMs !== undefined && lastTickAgeMs < STUCK_MS;
  return {
    status:
      alive && clusters.every(({ reachable }) => reachable) ? 'ok' : 'degraded',
    lastTickAgeMs,
    clusters,
  };
}
