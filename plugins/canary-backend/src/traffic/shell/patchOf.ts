import {
  JsonPatchOperation,
  KubernetesObject,
} from 'backstage-plugin-canary-node';
import { compare } from 'fast-json-patch';

/** Refuses the patch when the object is no longer the one that was read. */
export function testRevision({
  metadata,
}: KubernetesObject): JsonPatchOperation {
  return {
    op: 'test',
    path: '/metadata/resourceVersion',
    value: metadata.resourceVersion ?? '',
  };
}

/**
 * The change from one state of an object to another. Everything replaced or
 * removed is tested for its old value first; `testRevision` is the caller's.
 */
export function changesOf(
  before: KubernetesObject,
  after: KubernetesObject,
): readonly JsonPatchOperation[] {
  return compare(before, after, true) as JsonPatchOperation[];
}
