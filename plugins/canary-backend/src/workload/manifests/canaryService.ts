import { JsonObject } from 'backstage-plugin-canary-common';
import {
  CANARY_ROLLOUT_LABEL,
  canaryNameOf,
  KubernetesObject,
} from 'backstage-plugin-canary-node';
import { withoutOwnership } from './ownership';

/** What of a Service's spec speaks of its pods, not of its own address. */
const KEPT = [
  'ipFamilyPolicy',
  'publishNotReadyAddresses',
  'sessionAffinity',
  'sessionAffinityConfig',
] as const;

/**
 * The canary's Service: the stable's ports over the canary's pods. It gets an
 * address of its own inside the cluster, and no load balancer.
 */
export function canaryService(
  stableService: KubernetesObject,
  options: { readonly workload: string; readonly rolloutId: string },
): KubernetesObject {
  const { workload, rolloutId } = options;
  const spec = stableService.spec ?? {};
  const ports = (spec.ports ?? []) as readonly JsonObject[];
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: canaryNameOf(workload),
      namespace: stableService.metadata.namespace,
      labels: {
        ...withoutOwnership(stableService.metadata.labels),
        [CANARY_ROLLOUT_LABEL]: rolloutId,
      },
      annotations: withoutOwnership(stableService.metadata.annotations),
    },
    spec: {
      ...Object.fromEntries(
        KEPT.flatMap(key => (key in spec ? [[key, spec[key]]] : [])),
      ),
      // Ingress controllers that go through nodes need a node port here as well.
      type: spec.type === 'NodePort' ? 'NodePort' : 'ClusterIP',
      clusterIP: spec.clusterIP === 'None' ? 'None' : undefined,
      selector: { [CANARY_ROLLOUT_LABEL]: rolloutId },
      ports: ports.map(({ nodePort: _, ...port }) => port),
    },
  };
}
