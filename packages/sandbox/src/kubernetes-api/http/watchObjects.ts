import { ServerResponse } from 'node:http';
import { badRequest } from '../apiError';
import { ApiObject } from '../model';
import { StoreEvent } from '../ObjectStore';
import { apiVersionOf } from '../resourceKinds';
import { RequestContext } from './context';
import { requestedObjects } from './listObjects';

const bookmarkEveryMs = 30_000;
const defaultTimeoutSeconds = 1800;

/**
 * Streams changes as JSON lines until the client goes, or until
 * `timeoutSeconds`. Without a resourceVersion (or with 0) it starts with what
 * exists; an object that stops matching the selectors is told as DELETED.
 */
export function watchObjects(context: RequestContext): void {
  const { registry, path, query, response } = context;
  const { store, clock } = registry;
  const wanted = requestedObjects(query, path.name);
  const from = readVersion(query.get('resourceVersion'));
  response.writeHead(200, {
    'content-type': 'application/json',
    'cache-control': 'no-cache, private',
  });
  response.flushHeaders();

  const send = (event: StoreEvent) => {
    const line = seenBy(event, path.namespace, wanted);
    if (line) write(response, line);
  };
  if (from === 0) {
    for (const object of store.list(path.kind, path.namespace)) {
      if (wanted(object)) write(response, { type: 'ADDED', object });
    }
  } else {
    const missed = store.eventsSince(path.kind, from);
    if (!missed) {
      write(response, { type: 'ERROR', object: tooOld(from) });
      response.end();
      return;
    }
    missed.forEach(send);
  }

  const unsubscribe = store.subscribe(event => {
    if (event.kind === path.kind) send(event);
  });
  let cancelBookmark = () => {};
  const bookmark = () => {
    write(response, { type: 'BOOKMARK', object: bookmarkOf(context) });
    cancelBookmark = clock.after(bookmarkEveryMs, bookmark);
  };
  if (query.get('allowWatchBookmarks') === 'true') {
    cancelBookmark = clock.after(bookmarkEveryMs, bookmark);
  }
  const seconds = Number(query.get('timeoutSeconds')) || defaultTimeoutSeconds;
  const cancelTimeout = clock.after(seconds * 1000, () => response.end());
  response.on('close', () => {
    unsubscribe();
    cancelBookmark();
    cancelTimeout();
  });
}

function seenBy(
  { type, object, previous }: StoreEvent,
  namespace: string,
  wanted: (object: ApiObject) => boolean,
): { type: string; object: ApiObject } | undefined {
  if (namespace && object.metadata.namespace !== namespace) return undefined;
  const before = previous !== undefined && wanted(previous);
  const after = type !== 'DELETED' && wanted(object);
  if (before && after) return { type: 'MODIFIED', object };
  if (after) return { type: 'ADDED', object };
  if (before) return { type: 'DELETED', object };
  return undefined;
}

function write(response: ServerResponse, event: unknown): void {
  response.write(`${JSON.stringify(event)}\n`);
}

function bookmarkOf({ registry, path }: RequestContext) {
  return {
    kind: path.kind.kind,
    apiVersion: apiVersionOf(path.kind),
    metadata: { resourceVersion: String(registry.store.resourceVersion) },
  };
}

function tooOld(version: number) {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: `too old resource version: ${version}`,
    reason: 'Expired',
    code: 410,
  };
}

function readVersion(text: string | null): number {
  const version = Number(text ?? 0);
  if (!Number.isInteger(version) || version < 0) {
    throw badRequest(`Invalid value: "${text}": resourceVersion`);
  }
  return version;
}
