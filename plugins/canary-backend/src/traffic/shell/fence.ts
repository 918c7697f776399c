import {
  CANARY_FENCE_ANNOTATION,
  JsonPatchOperation,
  KubernetesObject,
  refOf,
  TrafficObjects,
  TrafficWrite,
} from 'backstage-plugin-canary-node';
import { fenceOn } from '../../kubernetes/objects/fence';
import { sameRef } from '../../kubernetes/objects/refs';
import { omitKey } from '../json';
import { changesOf, testRevision } from './patchOf';

/** The fence that every existing object carries, else undefined; `desired` when none exists. */
export function readFence(
  objects: TrafficObjects,
  desired: string | undefined,
): string | undefined {
  const fences = objects.flatMap(object =>
    object ? [fenceOn(object) ?? null] : [],
  );
  if (fences.length === 0) return desired;
  const [first] = fences;
  return fences.every(fence => fence === first)
    ? first ?? undefined
    : undefined;
}

/**
 * The writes with the fence in them: in the same patch where an object is
 * patched anyway, in one of its own where it is not, so that each object really
 * changes. Without a fence an old one is taken away.
 */
export function withFence(
  writes: readonly TrafficWrite[],
  objects: TrafficObjects,
  fence: string | undefined,
): readonly TrafficWrite[] {
  const fenced = writes.map((write): TrafficWrite => {
    if (write.verb !== 'patch' || write.patch.type !== 'json') return write;
    const object = objects.find(one => one && sameRef(refOf(one), write.ref));
    const body = [
      ...write.patch.body,
      ...(object ? fenceChanges(object, fence) : []),
    ];
    return { ...write, patch: { type: 'json', body } };
  });
  const added = objects.flatMap((object): TrafficWrite[] => {
    if (!object) return [];
    const ref = refOf(object);
    const covered = writes.some(
      write =>
        (write.verb === 'delete' && sameRef(write.ref, ref)) ||
        (write.verb === 'patch' &&
          write.patch.type === 'json' &&
          sameRef(write.ref, ref)),
    );
    const changes = covered ? [] : fenceChanges(object, fence);
    if (changes.length === 0) return [];
    const body = [testRevision(object), ...changes];
    return [{ verb: 'patch', ref, patch: { type: 'json', body } }];
  });
  // A fence comes first: what it keeps out must not get between two writes.
  return fence === undefined ? [...fenced, ...added] : [...added, ...fenced];
}

function fenceChanges(
  object: KubernetesObject,
  fence: string | undefined,
): readonly JsonPatchOperation[] {
  if (fenceOn(object) === fence) return [];
  const { annotations = {}, ...metadata } = object.metadata;
  const kept = {
    ...omitKey({ ...annotations }, CANARY_FENCE_ANNOTATION),
    ...(fence !== undefined && { [CANARY_FENCE_ANNOTATION]: fence }),
  } as Record<string, string>;
  // Where our fence was the only annotation, there was no list of them before.
  const after = Object.keys(kept).length > 0 ? { annotations: kept } : {};
  return changesOf(object, { ...object, metadata: { ...metadata, ...after } });
}
