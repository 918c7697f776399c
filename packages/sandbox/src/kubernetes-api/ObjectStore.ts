import { ApiObject } from './model';
import { ResourceKind } from './resourceKinds';

/** One change, in the order of resource versions. */
export interface StoreEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly kind: ResourceKind;
  /** The object after the change; of a deletion its last state with the version of the deletion. */
  readonly object: ApiObject;
  readonly previous?: ApiObject;
  readonly resourceVersion: number;
}

/** Enough for any watcher of a demo that reconnects; older versions are `410 Gone`. */
const keptEvents = 10_000;

/**
 * What etcd is to a cluster: objects, one counter of versions over all of
 * them, and the recent changes for watches. It knows no rules; `Registry` does.
 */
export class ObjectStore {
  private readonly collections = new Map<
    ResourceKind,
    Map<string, ApiObject>
  >();
  private readonly listeners = new Set<(event: StoreEvent) => void>();
  private events: StoreEvent[] = [];
  private oldestKnown: number;

  constructor(private version = 1) {
    this.oldestKnown = version;
  }

  get resourceVersion() {
    return this.version;
  }

  get(kind: ResourceKind, namespace: string, name: string) {
    return this.collection(kind).get(`${namespace}/${name}`);
  }

  /** In the order of namespace and name, as etcd lists its keys. */
  list(kind: ResourceKind, namespace?: string): ApiObject[] {
    return [...this.collection(kind).entries()]
      .filter(([key]) => !namespace || key.startsWith(`${namespace}/`))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, object]) => object);
  }

  all(): { kind: ResourceKind; object: ApiObject }[] {
    return [...this.collections].flatMap(([kind, objects]) =>
      [...objects.values()].map(object => ({ kind, object })),
    );
  }

  /** Writes the object under the next version and returns what is stored. */
  put(kind: ResourceKind, object: ApiObject): ApiObject {
    const previous = this.get(
      kind,
      object.metadata.namespace ?? '',
      object.metadata.name,
    );
    const stored = this.stamp(object);
    this.collection(kind).set(keyOf(object), stored);
    this.emit(previous ? 'MODIFIED' : 'ADDED', kind, stored, previous);
    return stored;
  }

  remove(kind: ResourceKind, object: ApiObject): ApiObject {
    this.collection(kind).delete(keyOf(object));
    const last = this.stamp(object);
    this.emit('DELETED', kind, last, object);
    return last;
  }

  /** Puts an object back as it was saved, without an event. */
  restore(kind: ResourceKind, object: ApiObject) {
    this.collection(kind).set(keyOf(object), object);
  }

  /** Calls back after every change, in order and at once. */
  subscribe(listener: (event: StoreEvent) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** Changes of the kind after a version; undefined when they are forgotten. */
  eventsSince(
    kind: ResourceKind,
    resourceVersion: number,
  ): StoreEvent[] | undefined {
    if (resourceVersion < this.oldestKnown) return undefined;
    return this.events.filter(
      event => event.kind === kind && event.resourceVersion > resourceVersion,
    );
  }

  private stamp(object: ApiObject): ApiObject {
    this.version += 1;
    return {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(this.version) },
    };
  }

  private emit(
    type: StoreEvent['type'],
    kind: ResourceKind,
    object: ApiObject,
    previous?: ApiObject,
  ) {
    const event = {
      type,
      kind,
      object,
      previous,
      resourceVersion: this.version,
    };
    this.events.push(event);
    if (this.events.length > keptEvents * 1.5) {
      this.events = this.events.slice(-keptEvents);
      this.oldestKnown = this.events[0].resourceVersion - 1;
    }
    for (const listener of [...this.listeners]) listener(event);
  }

  private collection(kind: ResourceKind) {
    let objects = this.collections.get(kind);
    if (!objects) {
      objects = new Map();
      this.collections.set(kind, objects);
    }
    return objects;
  }
}

function keyOf({ metadata }: ApiObject) {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
