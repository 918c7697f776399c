import { ApiError, badRequest } from '../apiError';
import { ApiObject } from '../model';
import { applyPatchType } from '../patches';
import { kindNamed } from '../resourceKinds';
import { readJson, RequestContext, respondJson } from './context';

/** GET, PUT and PATCH of `/scale`: an autoscaling/v1 Scale over `spec.replicas`. */
export async function handleScale(context: RequestContext): Promise<void> {
  const { registry, path, request, response, manager } = context;
  const { kind, namespace } = path;
  const name = path.name!;
  if (request.method === 'GET') {
    respondJson(response, 200, scaleOf(registry.read(kind, namespace, name)));
    return;
  }
  if (request.method !== 'PUT' && request.method !== 'PATCH') {
    throw new ApiError(
      405,
      'MethodNotAllowed',
      'scale is read, put or patched',
    );
  }
  const body = await readJson(request);
  const updated = registry.update(
    kind,
    namespace,
    name,
    object => {
      const scale = (
        request.method === 'PUT'
          ? body
          : applyPatchType(
              // Scale has no merge keys; any built-in kind patches it alike.
              kindNamed('ConfigMap'),
              scaleOf(object),
              request.headers['content-type'] ?? '',
              body,
            )
      ) as ApiObject;
      const replicas = scale?.spec?.replicas ?? 0;
      if (!Number.isInteger(replicas)) {
        throw badRequest('spec.replicas must be an integer');
      }
      return {
        ...object,
        metadata: {
          ...object.metadata,
          resourceVersion:
            scale.metadata?.resourceVersion ?? object.metadata.resourceVersion,
        },
        spec: { ...object.spec, replicas },
      };
    },
    manager,
  );
  respondJson(response, 200, scaleOf(updated));
}

function scaleOf(object: ApiObject): ApiObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  const labels = Object.entries(object.spec.selector?.matchLabels ?? {});
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    // As in Go, a count of 0 is absent.
    spec: { replicas: object.spec.replicas || undefined },
    status: {
      replicas: object.status?.replicas ?? 0,
      selector: labels.map(([key, value]) => `${key}=${value}`).join(','),
    },
  };
}
