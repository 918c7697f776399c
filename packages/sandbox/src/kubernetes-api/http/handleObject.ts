import { ApiError, badRequest } from '../apiError';
import { ApiObject } from '../model';
import { patchObject, isRecord } from '../patches';
import { apiVersionOf } from '../resourceKinds';
import { readJson, RequestContext, respondJson } from './context';

type Write = 'update' | 'updateStatus';

/** POST to a collection. */
export async function createObject(context: RequestContext): Promise<void> {
  const { registry, path, request, response, manager } = context;
  const draft = checkedBody(await readJson(request), context);
  if (path.kind.namespaced && !path.namespace) {
    throw new ApiError(405, 'MethodNotAllowed', 'name a namespace');
  }
  respondJson(
    response,
    201,
    registry.create(path.kind, path.namespace, draft, manager),
  );
}

/** GET, PUT, PATCH and DELETE of one object, or of its status. */
export async function handleObject(context: RequestContext): Promise<void> {
  const { registry, path, request, response, manager } = context;
  const { kind, namespace } = path;
  const name = path.name!;
  const write: Write =
    path.subresource === 'status' ? 'updateStatus' : 'update';
  switch (request.method) {
    case 'GET':
      respondJson(response, 200, registry.read(kind, namespace, name));
      return;
    case 'PUT': {
      const body = checkedBody(await readJson(request), context) as ApiObject;
      respondJson(
        response,
        200,
        registry[write](kind, namespace, name, () => body, manager),
      );
      return;
    }
    case 'PATCH': {
      const patch = await readJson(request);
      const type = request.headers['content-type'] ?? '';
      const change = (object: ApiObject) =>
        patchObject(kind, object, type, patch);
      respondJson(
        response,
        200,
        registry[write](kind, namespace, name, change, manager),
      );
      return;
    }
    case 'DELETE':
      await deleteObject(context, name);
      return;
    default:
      throw new ApiError(
        405,
        'MethodNotAllowed',
        'the server does not allow this method on the requested resource',
      );
  }
}

async function deleteObject(context: RequestContext, name: string) {
  const { registry, path, query, request, response } = context;
  const { kind, namespace } = path;
  const body = (await readJson(request)) ?? {};
  const grace =
    body.gracePeriodSeconds ?? query.get('gracePeriodSeconds') ?? undefined;
  const object = registry.delete(kind, namespace, name, {
    uid: body.preconditions?.uid,
    resourceVersion: body.preconditions?.resourceVersion,
    propagationPolicy:
      body.propagationPolicy ?? query.get('propagationPolicy') ?? undefined,
    gracePeriodSeconds: grace === undefined ? undefined : Number(grace),
  });
  if (registry.store.get(kind, namespace, name)) {
    respondJson(response, 200, object);
    return;
  }
  respondJson(response, 200, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name,
      group: kind.group || undefined,
      kind: kind.plural,
      uid: object.metadata.uid,
    },
  });
}

function checkedBody(body: unknown, { path }: RequestContext): any {
  if (!isRecord(body)) throw badRequest('the body must be a JSON object');
  const { apiVersion = apiVersionOf(path.kind), kind = path.kind.kind } = body;
  if (apiVersion !== apiVersionOf(path.kind) || kind !== path.kind.kind) {
    throw badRequest(
      `${kind} in version "${apiVersion}" cannot be handled as a ${path.kind.kind}`,
    );
  }
  if (body.metadata !== undefined && !isRecord(body.metadata)) {
    throw badRequest('metadata must be a JSON object');
  }
  return { ...body, apiVersion, kind, metadata: body.metadata ?? {} };
}
