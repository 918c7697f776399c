import {
  ApiObject,
  foregroundFinalizer,
  kindNamed,
  orphanFinalizer,
  Registry,
  ResourceKind,
} from '../kubernetes-api';
import { Controller } from './Controller';

const namespaceKind = kindNamed('Namespace');

/**
 * Removes what has lost all its owners, and finishes foreground and orphaning
 * deletions. It has one key: each pass looks at everything, which is little.
 */
export function garbageCollector(registry: Registry): Controller {
  const { store } = registry;
  return {
    name: 'garbage',
    keysOf: ({ type, object }) =>
      type === 'DELETED' ||
      object.metadata.deletionTimestamp ||
      object.metadata.ownerReferences
        ? ['/all']
        : [],
    reconcile() {
      const all = store.all();
      const uids = new Set(all.map(({ object }) => object.metadata.uid));
      for (const { kind, object } of all) {
        if (
          !store.get(
            kind,
            object.metadata.namespace ?? '',
            object.metadata.name,
          )
        ) {
          continue;
        }
        const finalizers = object.metadata.finalizers ?? [];
        if (finalizers.includes(orphanFinalizer)) orphan(kind, object);
        else if (isOrphaned(object, uids)) remove(kind, object);
        else if (finalizers.includes(foregroundFinalizer)) {
          finishForeground(kind, object);
        }
      }
    },
  };

  function dependents(owner: ApiObject) {
    return store
      .all()
      .filter(({ object }) =>
        object.metadata.ownerReferences?.some(
          ({ uid }) => uid === owner.metadata.uid,
        ),
      );
  }

  function orphan(kind: ResourceKind, owner: ApiObject) {
    for (const { kind: dependentKind, object } of dependents(owner)) {
      write(dependentKind, object, metadata => ({
        ...metadata,
        ownerReferences: metadata.ownerReferences?.filter(
          ({ uid }) => uid !== owner.metadata.uid,
        ),
      }));
    }
    dropFinalizer(kind, owner, orphanFinalizer);
  }

  function finishForeground(kind: ResourceKind, owner: ApiObject) {
    const left = dependents(owner);
    for (const dependent of left) {
      if (!dependent.object.metadata.deletionTimestamp) {
        remove(dependent.kind, dependent.object);
      }
    }
    if (left.length === 0) dropFinalizer(kind, owner, foregroundFinalizer);
  }

  function remove(kind: ResourceKind, { metadata }: ApiObject) {
    if (metadata.deletionTimestamp) return;
    registry.delete(kind, metadata.namespace ?? '', metadata.name, {
      uid: metadata.uid,
    });
  }

  function dropFinalizer(kind: ResourceKind, object: ApiObject, name: string) {
    write(kind, object, metadata => ({
      ...metadata,
      finalizers: metadata.finalizers?.filter(finalizer => finalizer !== name),
    }));
  }

  function write(
    kind: ResourceKind,
    { metadata }: ApiObject,
    change: (metadata: ApiObject['metadata']) => ApiObject['metadata'],
  ) {
    registry.update(kind, metadata.namespace ?? '', metadata.name, object => ({
      ...object,
      metadata: change(object.metadata),
    }));
  }

  function isOrphaned(object: ApiObject, uids: ReadonlySet<string>): boolean {
    const { namespace, ownerReferences = [] } = object.metadata;
    const homeless =
      namespace !== undefined && !store.get(namespaceKind, '', namespace);
    return (
      homeless ||
      (ownerReferences.length > 0 &&
        ownerReferences.every(({ uid }) => !uids.has(uid)))
    );
  }
}
