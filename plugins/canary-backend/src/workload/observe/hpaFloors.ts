import { KubernetesObject } from 'backstage-plugin-canary-node';
import { StartSnapshot } from '../../rollout';

/** Fewest replicas that an HPA keeps; the API leaves out the default of 1. */
export function minReplicasOf({ spec }: KubernetesObject): number {
  const minReplicas = spec?.minReplicas;
  return typeof minReplicas === 'number' ? minReplicas : 1;
}

/** This floor, or the HPA's ceiling where that is lower: the API refuses a floor above it. */
export function belowCeiling(floor: number, { spec }: KubernetesObject) {
  const maxReplicas = spec?.maxReplicas;
  return typeof maxReplicas === 'number' ? Math.min(floor, maxReplicas) : floor;
}

/** The floor of an HPA as read, the one to hold it at, and the one it gets back. */
export function hpaFloors(
  hpa: KubernetesObject,
  { hpa: found }: StartSnapshot,
) {
  const minReplicas = minReplicasOf(hpa);
  return {
    minReplicas,
    held: belowCeiling(found?.heldFloor ?? minReplicas, hpa),
    own: belowCeiling(found?.minReplicas ?? minReplicas, hpa),
  };
}
