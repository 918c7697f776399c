import { ApiObject, kindNamed, ObjectStore, selects } from '../kubernetes-api';
import { isReady } from './podFacts';

/**
 * Whether every Deployment has all of its replicas, and every Service lists the
 * ready pods behind it. It looks at the pods: a status that was resumed from a
 * file says nothing of them.
 */
export function isSettled(store: ObjectStore): boolean {
  const ready = store.list(kindNamed('Pod')).filter(isReady);
  const behind = (owner: ApiObject, selector: Record<string, string>) =>
    ready.filter(
      ({ metadata }) =>
        metadata.namespace === owner.metadata.namespace &&
        !metadata.deletionTimestamp &&
        selects(selector, metadata.labels),
    ).length;
  return (
    store
      .list(kindNamed('Deployment'))
      .every(
        deployment =>
          behind(deployment, deployment.spec.selector.matchLabels) ===
            deployment.spec.replicas && isReported(deployment),
      ) &&
    store
      .list(kindNamed('Service'))
      .every(
        service =>
          behind(service, service.spec.selector) ===
          addressesOf(store, service),
      )
  );
}

function isReported({ spec, status, metadata }: ApiObject): boolean {
  return (
    status?.observedGeneration === metadata.generation &&
    (status.availableReplicas ?? 0) === spec.replicas &&
    (status.updatedReplicas ?? 0) === spec.replicas
  );
}

function addressesOf(store: ObjectStore, { metadata }: ApiObject): number {
  const endpoints = store.get(
    kindNamed('Endpoints'),
    metadata.namespace ?? '',
    metadata.name,
  );
  return (endpoints?.subsets ?? []).filter((subset: any) => subset.addresses)
    .length;
}
