import { ApiObject } from './model';
import { ObjectStore } from './ObjectStore';
import { ResourceKind } from './resourceKinds';

/** A store in which everything can be read, and nothing is kept that is put into it. */
export class DryRunStore extends ObjectStore {
  constructor(private readonly real: ObjectStore) {
    super(real.resourceVersion);
  }

  override get(kind: ResourceKind, namespace: string, name: string) {
    return this.real.get(kind, namespace, name);
  }

  override list(kind: ResourceKind, namespace?: string) {
    return this.real.list(kind, namespace);
  }

  override all() {
    return this.real.all();
  }

  override put(_kind: ResourceKind, object: ApiObject) {
    return object;
  }

  override remove(_kind: ResourceKind, object: ApiObject) {
    return object;
  }
}
