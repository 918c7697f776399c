import { kindNamed, Registry } from '../kubernetes-api';
import { shopObjects } from './shopObjects';

/** Creates the demo shop in an empty cluster. */
export function seedCluster(registry: Registry): void {
  for (const object of shopObjects()) {
    registry.create(
      kindNamed(object.kind),
      object.metadata.namespace ?? '',
      object,
    );
  }
}

/** Empties the cluster and creates the demo shop anew; every uid is a new one. */
export function reseedCluster(registry: Registry): void {
  const { store } = registry;
  for (const { kind, object } of store.all()) {
    store.remove(kind, object);
  }
  seedCluster(registry);
}
