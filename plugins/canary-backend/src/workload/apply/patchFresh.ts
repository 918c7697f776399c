import { JsonObject } from 'backstage-plugin-canary-common';
import {
  Cluster,
  KubernetesObject,
  ObjectPatch,
  refOf,
} from 'backstage-plugin-canary-node';

const ATTEMPTS = 5;

/**
 * Patches an object on the version it was planned on and, where that is stale,
 * on the present one, up to five times. Only for writes that lower exposure or
 * take something of ours away: a raising write must fail instead.
 *
 * @param plan - the patch for an object of this state, carrying its
 *   resourceVersion; undefined when nothing is left to do
 * @returns the object as it is now; undefined when it is gone, or another one has its name
 */
export async function patchFresh(
  cluster: Cluster,
  observed: KubernetesObject,
  plan: (object: KubernetesObject) => ObjectPatch | undefined,
  signal?: AbortSignal,
): Promise<KubernetesObject | undefined> {
  const ref = refOf(observed);
  let object = observed;
  for (let attempt = 1; ; attempt += 1) {
    const patch = plan(object);
    if (!patch) return object;
    try {
      return await cluster.patch(ref, patch, signal);
    } catch (error) {
      const { name } = error as Error;
      if (name === 'NotFoundError') return undefined;
      if (name !== 'ConflictError' || attempt === ATTEMPTS) throw error;
    }
    const present = await cluster.get(ref, signal);
    if (!present || present.metadata.uid !== observed.metadata.uid) {
      return undefined;
    }
    object = present;
  }
}

/** A merge patch that only applies to the version of this object. */
export function mergeOnto(
  { metadata: { resourceVersion } }: KubernetesObject,
  body: JsonObject & { readonly metadata?: JsonObject },
): ObjectPatch {
  return {
    type: 'merge',
    body: { ...body, metadata: { ...body.metadata, resourceVersion } },
  };
}
