import { Clock, KubernetesObject } from 'backstage-plugin-canary-node';
import { ApiConnection } from './ApiConnection';

/** How long the server is asked to keep one stream open. */
const STREAM_MS = 240_000;
/** After this long the stream is cut from our side: a dead network says nothing. */
const STREAM_LIMIT_MS = STREAM_MS + 15_000;
const MAX_LINE_BYTES = 4 * 1024 * 1024;

/** Back-off between attempts, doubled while they fail. */
export const WATCH_BACKOFF = { firstMs: 1_000, lastMs: 60_000 };

/**
 * Watches a collection until the signal aborts, opening the stream anew when
 * it ends. It starts at the present, so that opening it again does not report
 * every object; changes in a gap are lost, which a hint may be. Only the last
 * resourceVersion is kept.
 */
export async function watchResource(options: {
  readonly connection: ApiConnection;
  /** Path of the collection; undefined while the cluster has no such kind. */
  readonly collection: () => Promise<string | undefined>;
  readonly labelSelector?: string;
  readonly onChange: (object: KubernetesObject) => void;
  readonly signal: AbortSignal;
  readonly clock: Pick<Clock, 'sleep'>;
}): Promise<void> {
  const { connection, labelSelector, onChange, signal } = options;
  const state: { resourceVersion?: string; failures: number } = { failures: 0 };

  while (!signal.aborted) {
    try {
      const path = await options.collection();
      if (!path) throw new Error('the kind does not exist');
      state.resourceVersion ??= await readVersion(connection, path, signal);
      const status = await connection.stream(
        {
          method: 'GET',
          path,
          query: {
            watch: 'true',
            allowWatchBookmarks: 'true',
            timeoutSeconds: String(STREAM_MS / 1000),
            resourceVersion: state.resourceVersion,
            labelSelector,
          },
          signal,
        },
        { timeoutMs: STREAM_LIMIT_MS, maxLineBytes: MAX_LINE_BYTES },
        value => {
          const event = value as { type?: string; object?: KubernetesObject };
          if (event.type === 'ERROR') {
            // Usually 410: our version is too old. Start at the present again.
            state.resourceVersion = undefined;
            return;
          }
          state.resourceVersion = event.object?.metadata?.resourceVersion;
          state.failures = 0;
          if (event.object && event.type !== 'BOOKMARK') onChange(event.object);
        },
      );
      if (status !== 200) throw new Error(`status ${status}`);
    } catch {
      // Whoever needs to know that the cluster is away learns it by its reads.
      if (signal.aborted) return;
      state.resourceVersion = undefined;
      state.failures += 1;
    }
    // An orderly end waits as well: a server that closes at once must not
    // be asked in a busy loop.
    const { firstMs, lastMs } = WATCH_BACKOFF;
    await options.clock.sleep(
      Math.min(lastMs, firstMs * 2 ** Math.max(0, state.failures - 1)),
      signal,
    );
  }
}

/** The collection's present resourceVersion, without its objects. */
async function readVersion(
  connection: ApiConnection,
  path: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { status, body } = await connection.send({
    method: 'GET',
    path,
    query: { limit: '1' },
    signal,
  });
  if (status !== 200) throw new Error(`status ${status}`);
  return (body as { metadata?: { resourceVersion?: string } }).metadata
    ?.resourceVersion;
}
