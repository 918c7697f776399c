import { ApiObject } from './model';
import { ObjectStore } from './ObjectStore';
import { kindNamed } from './resourceKinds';

const kind = kindNamed('ConfigMap');

function objectOf(name: string, namespace = 'default'): ApiObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace,
      uid: name,
      resourceVersion: '',
      creationTimestamp: '',
    },
  };
}

describe('ObjectStore', () => {
  it('gives every change the next version, over all kinds', () => {
    const store = new ObjectStore();
    const versions = ['a', 'b'].map(
      name => store.put(kind, objectOf(name)).metadata.resourceVersion,
    );
    const { metadata } = store.remove(kind, objectOf('a'));
    expect([...versions, metadata.resourceVersion]).toEqual(['2', '3', '4']);
  });

  it('lists one namespace, in order', () => {
    const store = new ObjectStore();
    store.put(kind, objectOf('b'));
    store.put(kind, objectOf('a'));
    store.put(kind, objectOf('c', 'other'));
    expect(store.list(kind, 'default').map(o => o.metadata.name)).toEqual([
      'a',
      'b',
    ]);
  });

  it('knows the changes since a version, and that it forgot older ones', () => {
    const store = new ObjectStore(100);
    store.put(kind, objectOf('a'));
    const { metadata } = store.put(kind, objectOf('b'));
    store.put(kind, objectOf('b'));
    const events = store.eventsSince(kind, Number(metadata.resourceVersion));
    expect(events?.map(event => event.type)).toEqual(['MODIFIED']);
    expect(store.eventsSince(kind, 99)).toBeUndefined();
  });

  it('forgets the oldest changes when there are many', () => {
    const store = new ObjectStore();
    for (let i = 0; i < 16_000; i++) store.put(kind, objectOf('a'));
    expect(store.eventsSince(kind, 10)).toBeUndefined();
    expect(store.eventsSince(kind, 15_000)).toHaveLength(1001);
  });
});
