import { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError, unknownPath } from '../apiError';
import { Registry } from '../Registry';
import { Denial, isAccessReview, reviewAccess } from './accessReview';
import { authenticate, authorize } from './authorize';
import { RequestContext, respondJson } from './context';
import { discover } from './discovery';
import { evictPod } from './evictPod';
import { createObject, handleObject } from './handleObject';
import { handleScale } from './handleScale';
import { isDryRun } from './isDryRun';
import { deleteCollection, listObjects } from './listObjects';
import { podLog } from './podLog';
import { parseResourcePath } from './requestPath';
import { watchObjects } from './watchObjects';

/** What the API server is made of. */
export interface KubernetesApiOptions {
  readonly registry: Registry;
  readonly readLog: (podUid: string) => readonly string[];
  /** When given, requests need it as their bearer token; else any or none is fine. */
  readonly token?: string;
  /** What nobody may do; asked anew at every request. */
  readonly denials?: () => readonly Denial[];
}

/** Answers one request; every failure is a Status object. */
export async function handleRequest(
  options: KubernetesApiOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await route(options, request, response);
  } catch (error) {
    const failure =
      error instanceof ApiError
        ? error
        : new ApiError(500, 'InternalError', `Internal error: ${error}`);
    // A stream that has begun can only be cut.
    if (response.headersSent) response.destroy();
    else respondJson(response, failure.code, failure.body);
  }
}

async function route(
  { registry, readLog, token, denials = () => [] }: KubernetesApiOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://cluster');
  if (/^\/(healthz|livez|readyz)$/.test(url.pathname)) {
    response.end('ok');
    return;
  }
  authenticate(request, token);
  const query = url.searchParams;
  const method = request.method ?? 'GET';
  const isTriedOut = method !== 'GET' && isDryRun(query, method);
  if (request.method === 'POST' && isAccessReview(url.pathname)) {
    await reviewAccess(request, response, denials());
    return;
  }
  const discovered = request.method === 'GET' && discover(url.pathname);
  if (discovered) {
    respondJson(response, 200, discovered);
    return;
  }
  const path = parseResourcePath(url.pathname);
  if (!path) throw unknownPath();
  authorize(request, path, denials());
  await dispatch({
    registry: isTriedOut ? registry.triedOut() : registry,
    path,
    query,
    request,
    response,
    readLog,
    manager: query.get('fieldManager') ?? managerOf(request),
  });
}

async function dispatch(context: RequestContext): Promise<void> {
  const { path, query, request } = context;
  const get = request.method === 'GET';
  if (get && ['true', '1'].includes(query.get('watch') ?? '')) {
    watchObjects(context);
  } else if (path.subresource === 'log' && path.kind.plural === 'pods' && get) {
    podLog(context);
  } else if (path.subresource === 'scale' && path.kind.scale) {
    await handleScale(context);
  } else if (path.subresource === 'eviction' && path.kind.plural === 'pods') {
    await evictPod(context);
  } else if (path.subresource && path.subresource !== 'status') {
    throw unknownPath();
  } else if (path.name) {
    await handleObject(context);
  } else if (get) {
    listObjects(context);
  } else if (request.method === 'POST') {
    await createObject(context);
  } else if (request.method === 'DELETE') {
    deleteCollection(context);
  } else {
    throw new ApiError(405, 'MethodNotAllowed', 'name an object');
  }
}

/** As the real server does: the user agent up to its first slash. */
function managerOf(request: IncomingMessage): string {
  return (
    (request.headers['user-agent'] ?? 'unknown').split('/')[0] || 'unknown'
  );
}
