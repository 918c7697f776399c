import { ApiObject, StoreEvent } from '../kubernetes-api';

/** A level-triggered loop over the keys of one kind. */
export interface Controller {
  readonly name: string;
  /** Which of its objects a change concerns, as `namespace/name`. */
  keysOf(event: StoreEvent): readonly string[];
  /** Brings one object a step closer; returns in how many ms to look again. */
  reconcile(namespace: string, name: string): number | void;
}

/** `namespace/name` */
export function keyOf({ metadata }: ApiObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** Key of the object's controller when it is of that kind, else none. */
export function controllerKey(object: ApiObject, kind: string): string[] {
  const owner = object.metadata.ownerReferences?.find(
    reference => reference.controller && reference.kind === kind,
  );
  return owner ? [`${object.metadata.namespace ?? ''}/${owner.name}`] : [];
}

/** Whether this very object controls the other. */
export function controls(owner: ApiObject, object: ApiObject): boolean {
  return (object.metadata.ownerReferences ?? []).some(
    ({ uid, controller }) => controller && uid === owner.metadata.uid,
  );
}
