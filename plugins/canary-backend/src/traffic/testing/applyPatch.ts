import { KubernetesObject, ObjectPatch } from 'backstage-plugin-canary-node';
import { applyPatch as applyOperations, Operation } from 'fast-json-patch';

/** A JSON Patch as an API server applies it: whole or, when a test fails, not at all. */
export function applyPatch(
  object: KubernetesObject,
  patch: ObjectPatch,
): KubernetesObject {
  if (patch.type !== 'json') throw new Error(`No ${patch.type} patch expected`);
  const copy = JSON.parse(JSON.stringify(object)) as KubernetesObject;
  const operations = patch.body as Operation[];
  return applyOperations(copy, operations, true, true, true).newDocument;
}
