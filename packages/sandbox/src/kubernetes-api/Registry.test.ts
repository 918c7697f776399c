import { deploymentOf } from '../testing/deployments';
import { newRegistry } from '../testing/newRegistry';
import { ApiObject } from './model';
import { kindNamed } from './resourceKinds';

const deployments = kindNamed('Deployment');
const routes = kindNamed('HTTPRoute');
const pods = kindNamed('Pod');

const failing = (code: number, reason: string) =>
  expect.objectContaining({ code, reason });

function withSpec(spec: object) {
  return (object: ApiObject) => ({
    ...object,
    spec: { ...object.spec, ...spec },
  });
}

function withMetadata(metadata: object) {
  return (object: ApiObject) => ({
    ...object,
    metadata: { ...object.metadata, ...metadata },
  });
}

describe('Registry', () => {
  function setUp() {
    const { registry, clock, store } = newRegistry();
    const created = registry.create(deployments, 'default', deploymentOf('a'));
    const update = (change: (object: ApiObject) => ApiObject) =>
      registry.update(deployments, 'default', 'a', change);
    return { registry, clock, store, created, update };
  }

  it('gives a new object an identity, a version, a generation and defaults', () => {
    const { created } = setUp();
    expect(created).toMatchObject({
      metadata: {
        namespace: 'default',
        uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        resourceVersion: expect.stringMatching(/^\d+$/),
        creationTimestamp: '2026-01-01T00:00:00Z',
        generation: 1,
      },
      spec: {
        strategy: {
          rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
        },
        template: { spec: { restartPolicy: 'Always' } },
      },
    });
  });

  it.each([
    ['a second of the same name', deploymentOf('a'), 409, 'AlreadyExists'],
    ['a name that is none', deploymentOf('A_b'), 422, 'Invalid'],
    ['no containers', deploymentOf('b', { template: {} }), 422, 'Invalid'],
    [
      'a selector that does not select its own template',
      deploymentOf('b', { selector: { matchLabels: { app: 'c' } } }),
      422,
      'Invalid',
    ],
    ['negative replicas', deploymentOf('b', { replicas: -1 }), 422, 'Invalid'],
  ])('refuses %s', (_what, draft, code, reason) => {
    const { registry } = setUp();
    expect(() => registry.create(deployments, 'default', draft)).toThrow(
      failing(code, reason),
    );
  });

  it('refuses an object in a namespace that does not exist', () => {
    const { registry } = setUp();
    expect(() =>
      registry.create(deployments, 'nowhere', deploymentOf('a')),
    ).toThrow(failing(404, 'NotFound'));
  });

  it('names an object by generateName', () => {
    const { registry } = setUp();
    const { metadata } = registry.create(kindNamed('ConfigMap'), 'default', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { generateName: 'x-' },
    });
    expect(metadata.name).toMatch(/^x-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });

  describe('update', () => {
    it.each([
      ['spec', withSpec({ replicas: 3 }), 2],
      ['annotations', withMetadata({ annotations: { a: 'b' } }), 2],
      ['labels', withMetadata({ labels: { a: 'b' } }), 1],
    ])(
      'counts generations of a Deployment for a change of %s',
      (_of, change, want) => {
        const { update } = setUp();
        expect(update(change).metadata.generation).toBe(want);
      },
    );

    it('writes nothing when nothing changes', () => {
      const { update, created, store } = setUp();
      const before = store.resourceVersion;
      expect(update(object => structuredClone(object))).toEqual(created);
      expect(store.resourceVersion).toBe(before);
    });

    it('keeps status and server metadata from being written', () => {
      const { update, created } = setUp();
      const updated = update(object => ({
        ...withMetadata({ generation: 9, creationTimestamp: 'never' })(object),
        status: { replicas: 7 },
      }));
      expect(updated).toMatchObject({
        metadata: {
          generation: 1,
          creationTimestamp: created.metadata.creationTimestamp,
        },
        status: {},
      });
    });

    it.each([
      ['a stale resourceVersion', withMetadata({ resourceVersion: '1' }), 409],
      ['another uid', withMetadata({ uid: 'other' }), 409],
      ['another name', withMetadata({ name: 'b' }), 400],
      [
        'another selector',
        withSpec({ selector: { matchLabels: { app: 'b' } } }),
        422,
      ],
    ])('refuses %s', (_what, change, code) => {
      const { update } = setUp();
      expect(() => update(change)).toThrow(expect.objectContaining({ code }));
    });

    it('wants a resourceVersion of a custom resource', () => {
      const { registry } = setUp();
      const draft = {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: { name: 'r' },
        spec: { rules: [] },
      };
      registry.create(routes, 'default', draft);
      expect(() =>
        registry.update(
          routes,
          'default',
          'r',
          withMetadata({ resourceVersion: undefined }),
        ),
      ).toThrow(failing(422, 'Invalid'));
    });
  });

  it('writes status alone, and no generation for it', () => {
    const { registry } = setUp();
    const updated = registry.updateStatus(
      deployments,
      'default',
      'a',
      object => ({
        ...withSpec({ replicas: 9 })(object),
        status: { replicas: 2 },
      }),
    );
    expect(updated).toMatchObject({
      metadata: { generation: 1 },
      spec: { replicas: 2 },
      status: { replicas: 2 },
    });
  });

  it('notes each writer once, with the time of its last write', () => {
    const { registry, clock } = setUp();
    for (const replicas of [3, 4]) {
      clock.advance(1000);
      registry.update(
        deployments,
        'default',
        'a',
        withSpec({ replicas }),
        'helm',
      );
    }
    expect(
      registry
        .read(deployments, 'default', 'a')
        .metadata.managedFields?.map(({ manager, time }) => [manager, time]),
    ).toEqual([
      ['sandbox', '2026-01-01T00:00:00Z'],
      ['helm', '2026-01-01T00:00:02Z'],
    ]);
  });

  describe('delete', () => {
    it.each([
      ['uid', { uid: 'other' }],
      ['resourceVersion', { resourceVersion: '1' }],
    ])('keeps the object when the %s is another', (_what, precondition) => {
      const { registry, created } = setUp();
      expect(() =>
        registry.delete(deployments, 'default', 'a', precondition),
      ).toThrow(failing(409, 'Conflict'));
      expect(registry.read(deployments, 'default', 'a')).toEqual(created);
    });

    it('waits for finalizers', () => {
      const { registry, update } = setUp();
      update(withMetadata({ finalizers: ['x/y'] }));
      registry.delete(deployments, 'default', 'a');
      expect(
        registry.read(deployments, 'default', 'a').metadata.deletionTimestamp,
      ).toBeDefined();
      update(withMetadata({ finalizers: [] }));
      expect(() => registry.read(deployments, 'default', 'a')).toThrow(
        failing(404, 'NotFound'),
      );
    });

    it('gives a pod its grace period, once', () => {
      const { registry } = setUp();
      registry.create(pods, 'default', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'p' },
        spec: { containers: [{ name: 'app', image: 'a:v1' }] },
      });
      const first = registry.delete(pods, 'default', 'p');
      expect(first.metadata).toMatchObject({
        deletionTimestamp: '2026-01-01T00:00:00Z',
        deletionGracePeriodSeconds: 30,
      });
      expect(registry.delete(pods, 'default', 'p')).toEqual(first);
      registry.delete(pods, 'default', 'p', { gracePeriodSeconds: 0 });
      expect(() => registry.read(pods, 'default', 'p')).toThrow(
        failing(404, 'NotFound'),
      );
    });
  });
});
