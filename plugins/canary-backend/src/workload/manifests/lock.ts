import {
  CANARY_ROLLOUT_LABEL,
  canaryNameOf,
  KubernetesObject,
} from 'backstage-plugin-canary-node';
import { leaseRef } from '../../kubernetes/objects/refs';
import { RolloutState } from '../../rollout';

/** By whose uid an object goes when that one is gone. */
export type OwnerReference = NonNullable<
  KubernetesObject['metadata']['ownerReferences']
>[number];

/**
 * The lock of a rollout in its cluster: an empty Lease that owns everything the
 * rollout makes. Once it is deleted, the cluster's own garbage collector removes
 * whatever still arrives in its name.
 */
export function lockOf({
  id,
  target,
}: Pick<RolloutState, 'id' | 'target'>): KubernetesObject {
  const { apiVersion, kind, namespace, name } = leaseRef(
    target.namespace,
    canaryNameOf(target.name),
  );
  return {
    apiVersion,
    kind,
    metadata: { name, namespace, labels: { [CANARY_ROLLOUT_LABEL]: id } },
    spec: {},
  };
}

/** How an object names this one as its owner; it neither controls it nor keeps it from going. */
export function ownerReferenceTo({
  apiVersion,
  kind,
  metadata: { name, uid = '' },
}: KubernetesObject): OwnerReference {
  return { apiVersion, kind, name, uid };
}

/** The lock that an object names as its owner; undefined where it was made without one. */
export function lockOn(
  object: KubernetesObject | undefined,
): OwnerReference | undefined {
  const { kind } = leaseRef('', '');
  return object?.metadata.ownerReferences?.find(owner => owner.kind === kind);
}

/** The object as one of this owner; one that has an owner already keeps it. */
export function ownedBy(
  object: KubernetesObject,
  owner: OwnerReference | undefined,
): KubernetesObject {
  const { metadata } = object;
  if (!owner || metadata.ownerReferences) return object;
  return { ...object, metadata: { ...metadata, ownerReferences: [owner] } };
}
