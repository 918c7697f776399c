import { ApiError, badRequest, invalid } from '../apiError';
import { ApiObject } from '../model';
import { ResourceKind } from '../resourceKinds';
import { jsonPatch } from './jsonPatch';
import { isRecord, mergePatch } from './mergePatch';
import { strategicMergePatch } from './strategicMergePatch';

/** The object as the patch wants it; unlike a PUT, a patch of the uid is invalid. */
export function patchObject(
  kind: ResourceKind,
  object: ApiObject,
  contentType: string,
  patch: unknown,
): ApiObject {
  const patched = applyPatchType(kind, object, contentType, patch);
  const { uid } = patched.metadata ?? {};
  if (uid && uid !== object.metadata.uid) {
    throw invalid(kind, object.metadata.name, [
      {
        field: 'metadata.uid',
        message: `Invalid value: ${JSON.stringify(uid)}: field is immutable`,
      },
    ]);
  }
  return patched;
}

/** The patched document, by the request's content type. */
export function applyPatchType(
  kind: ResourceKind,
  object: ApiObject,
  contentType: string,
  patch: unknown,
): ApiObject {
  const type = contentType.split(';')[0].trim();
  if (type === 'application/json-patch+json') return jsonPatch(object, patch);
  if (!isRecord(patch)) throw badRequest('the patch must be a JSON object');
  if (type === 'application/merge-patch+json') return mergePatch(object, patch);
  if (type === 'application/strategic-merge-patch+json' && !kind.custom) {
    return strategicMergePatch(object, patch);
  }
  const supported = [
    'application/json-patch+json',
    'application/merge-patch+json',
    ...(kind.custom ? [] : ['application/strategic-merge-patch+json']),
  ];
  throw new ApiError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${supported.join(
      ', ',
    )}`,
    {},
  );
}
