import { Health } from 'backstage-plugin-canary-common';
import { Replica } from '../../store';
import { ClusterPings } from './ClusterPings';

/** A controller that has not looked for this long is stuck. */
const STUCK_MS = 60_000;

/** How the plugin is: whether its controller looks at the database, and which clusters answer. */
export async function readHealth(options: {
  readonly pings: ClusterPings;
  /** When the database last took this replica's heartbeat. */
  readonly lastBeatAt: number | undefined;
  readonly replicas: readonly Replica[];
  readonly now: number;
}): Promise<Health> {
  const { pings, lastBeatAt, replicas, now } = options;
  const clusters = await pings.read();
  const lastTickAgeMs =
    lastBeatAt === undefined ? undefined : Math.max(0, now - lastBeatAt);
  const alive = lastTickAgeMs !== undefined && lastTickAgeMs < STUCK_MS;
  return {
    status:
      alive && clusters.every(({ reachable }) => reachable) ? 'ok' : 'degraded',
    lastTickAgeMs,
    clusters,
    replicas: replicas.map(({ id, beatAt, reaches }) => ({
      name: id,
      lastBeatAgeMs: Math.max(0, now - beatAt),
      reaches: [...reaches],
    })),
  };
}
