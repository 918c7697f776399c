import { isDeepStrictEqual } from 'node:util';
import { JsonObject } from 'backstage-plugin-canary-common';
import { KubernetesObject } from 'backstage-plugin-canary-node';
import { asObject, asObjects } from '../../json';

/** Whether any controller reports on the route. */
export function isReported(route: KubernetesObject): boolean {
  return parentsOf(route).length > 0;
}

/**
 * Whether every gateway the route hangs on took over its latest generation.
 *
 * Reports of gateways that the route no longer names are left over and do not
 * count. Where nobody reports at all, and nobody did when the rollout started,
 * the controller is one that does not tell; a report that vanished is waited
 * for.
 */
export function isAccepted(
  route: KubernetesObject,
  wasReported: boolean,
): boolean {
  const parents = parentsOf(route);
  if (parents.length === 0) return !wasReported;
  return parents.every(parent =>
    asObjects(parent.conditions).some(
      ({ type, status, observedGeneration }) =>
        type === 'Accepted' &&
        status === 'True' &&
        observedGeneration === route.metadata.generation,
    ),
  );
}

function parentsOf({
  metadata,
  spec,
  status,
}: KubernetesObject): readonly JsonObject[] {
  const complete = (ref: JsonObject) => withDefaults(ref, metadata.namespace);
  const named = asObjects(spec?.parentRefs).map(complete);
  const reports = asObjects(asObject(status)?.parents);
  const current = reports.filter(({ parentRef }) => {
    const ref = asObject(parentRef);
    return ref && named.some(one => isDeepStrictEqual(one, complete(ref)));
  });
  // A reference written otherwise than we understand is no reason to hear nobody.
  return current.length > 0 ? current : reports;
}

/** Controllers may fill in the defaults of the reference they report on. */
function withDefaults(ref: JsonObject, namespace = ''): JsonObject {
  return {
    group: 'gateway.networking.k8s.io',
    kind: 'Gateway',
    namespace,
    ...ref,
  };
}
