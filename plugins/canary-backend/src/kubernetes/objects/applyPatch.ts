import { ConflictError } from '@backstage/errors';
import { KubernetesObject, ObjectPatch } from 'backstage-plugin-canary-node';
import {
  applyPatch as applyOperations,
  JsonPatchError,
  Operation,
} from 'fast-json-patch';
import { jsonCopy } from './jsonCopy';
import { mergePatch } from './mergePatch';

/**
 * An object after a patch as an API server applies it: whole or, where a test
 * of a JSON Patch fails, not at all.
 *
 * @throws ConflictError
 */
export function applyPatch(
  object: KubernetesObject,
  patch: ObjectPatch,
): KubernetesObject {
  if (patch.type !== 'json') {
    return mergePatch(object, patch.body, patch.type) as KubernetesObject;
  }
  try {
    const operations = jsonCopy(patch.body) as Operation[];
    return applyOperations(jsonCopy(object), operations, true).newDocument;
  } catch (error) {
    if (!(error instanceof JsonPatchError)) throw error;
    throw new ConflictError(`The patch does not apply: ${error.name}`);
  }
}
