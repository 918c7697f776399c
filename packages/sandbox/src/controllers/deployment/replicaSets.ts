import { ApiObject, kindNamed, Registry } from '../../kubernetes-api';
import { controls } from '../Controller';
import {
  podTemplateHash,
  podTemplateHashLabel,
  sameTemplate,
} from './podTemplateHash';

export const revisionAnnotation = 'deployment.kubernetes.io/revision';
const replicaSetKind = kindNamed('ReplicaSet');

/** The ReplicaSets of a Deployment: the one of its current template, and the others, oldest first. */
export interface OwnedSets {
  readonly newSet?: ApiObject;
  readonly oldSets: readonly ApiObject[];
}

/** Reads which ReplicaSets the Deployment controls. */
export function readOwnedSets(
  registry: Registry,
  deployment: ApiObject,
): OwnedSets {
  const sets = registry.store
    .list(replicaSetKind, deployment.metadata.namespace)
    .filter(set => controls(deployment, set) && !set.metadata.deletionTimestamp)
    .sort((a, b) => revisionOf(a) - revisionOf(b));
  const newSet = sets.find(set =>
    sameTemplate(set.spec.template, deployment.spec.template),
  );
  return { newSet, oldSets: sets.filter(set => set !== newSet) };
}

/** Which revision of its Deployment a ReplicaSet is; 0 when it does not say. */
export function revisionOf(set: ApiObject): number {
  return Number(set.metadata.annotations?.[revisionAnnotation] ?? 0);
}

/** The ReplicaSet of the current template, with the highest revision; created empty when there is none. */
export function ensureNewSet(
  registry: Registry,
  deployment: ApiObject,
  { newSet, oldSets }: OwnedSets,
): ApiObject {
  const namespace = deployment.metadata.namespace!;
  const revision = Math.max(0, ...oldSets.map(revisionOf)) + 1;
  if (!newSet) {
    return registry.create(
      replicaSetKind,
      namespace,
      replicaSetOf(deployment, revision),
    );
  }
  if (revisionOf(newSet) >= revision) return newSet;
  // A template that was there before is used again: it becomes the newest.
  return registry.update(
    replicaSetKind,
    namespace,
    newSet.metadata.name,
    set => ({
      ...set,
      metadata: {
        ...set.metadata,
        annotations: {
          ...set.metadata.annotations,
          [revisionAnnotation]: String(revision),
        },
      },
    }),
  );
}

/** Removes empty old ReplicaSets beyond the history that is to be kept. */
export function trimHistory(
  registry: Registry,
  deployment: ApiObject,
  oldSets: readonly ApiObject[],
): void {
  const empty = oldSets.filter(
    set => set.spec.replicas === 0 && !set.status?.replicas,
  );
  const surplus = empty.length - deployment.spec.revisionHistoryLimit;
  for (const { metadata } of empty.slice(0, Math.max(0, surplus))) {
    registry.delete(replicaSetKind, metadata.namespace!, metadata.name);
  }
}

function replicaSetOf(deployment: ApiObject, revision: number) {
  const { metadata, spec } = deployment;
  const hash = podTemplateHash(spec.template);
  const withHash = (labels?: Record<string, string>) => ({
    ...labels,
    [podTemplateHashLabel]: hash,
  });
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${metadata.name}-${hash}`,
      labels: withHash(spec.template.metadata?.labels),
      annotations: { [revisionAnnotation]: String(revision) },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: metadata.name,
          uid: metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      replicas: 0,
      minReadySeconds: spec.minReadySeconds || undefined,
      selector: {
        ...spec.selector,
        matchLabels: withHash(spec.selector.matchLabels),
      },
      template: {
        ...spec.template,
        metadata: {
          ...spec.template.metadata,
          labels: withHash(spec.template.metadata?.labels),
        },
      },
    },
  };
}
