import { ApiError, badRequest } from '../apiError';
import { ApiObject } from '../model';
import { apiVersionOf } from '../resourceKinds';
import { parseFieldSelector } from '../selectors/fieldSelector';
import { parseLabelSelector } from '../selectors/labelSelector';
import { RequestContext, respondJson } from './context';

/** Which objects the request's selectors let through. */
export function requestedObjects(
  query: URLSearchParams,
  name?: string,
): (object: ApiObject) => boolean {
  const labels = parseLabelSelector(query.get('labelSelector') ?? '');
  const fields = parseFieldSelector(query.get('fieldSelector') ?? '');
  return object =>
    (!name || object.metadata.name === name) &&
    labels(object.metadata.labels ?? {}) &&
    fields(object);
}

/** GET of a collection, in pages when `limit` asks for them. */
export function listObjects({
  registry,
  path,
  query,
  response,
}: RequestContext): void {
  const { store } = registry;
  const limit = Number(query.get('limit') ?? 0);
  const after = readContinue(query.get('continue'));
  const matching = store
    .list(path.kind, path.namespace)
    .filter(requestedObjects(query))
    .filter(object => !after || keyOf(object) > after);
  const page = limit > 0 ? matching.slice(0, limit) : matching;
  const left = matching.length - page.length;
  respondJson(response, 200, {
    kind: `${path.kind.kind}List`,
    apiVersion: apiVersionOf(path.kind),
    metadata: {
      resourceVersion: String(store.resourceVersion),
      ...(left > 0 && {
        continue: Buffer.from(keyOf(page[page.length - 1])).toString(
          'base64url',
        ),
        remainingItemCount: left,
      }),
    },
    items: page,
  });
}

/** DELETE of a collection: everything the selectors let through. */
export function deleteCollection({
  registry,
  path,
  query,
  response,
}: RequestContext): void {
  const { store } = registry;
  if (path.kind.namespaced && !path.namespace) {
    throw new ApiError(405, 'MethodNotAllowed', 'name a namespace');
  }
  const matching = store
    .list(path.kind, path.namespace)
    .filter(requestedObjects(query));
  for (const { metadata } of matching) {
    registry.delete(path.kind, metadata.namespace ?? '', metadata.name);
  }
  respondJson(response, 200, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
  });
}

function keyOf({ metadata }: ApiObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function readContinue(token: string | null): string | undefined {
  if (!token) return undefined;
  const key = Buffer.from(token, 'base64url').toString('utf8');
  if (!key.includes('/')) throw badRequest('the continue token is not valid');
  return key;
}
