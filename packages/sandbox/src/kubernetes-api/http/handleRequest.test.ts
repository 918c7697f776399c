import { createServer, Server } from 'node:http';
import { close, listen } from '../../http/listen';
import { deploymentOf } from '../../testing/deployments';
import { newRegistry } from '../../testing/newRegistry';
import { ObjectStore } from '../ObjectStore';
import { Registry } from '../Registry';
import { kindNamed } from '../resourceKinds';
import { Denial } from './accessReview';
import { handleRequest } from './handleRequest';

const deployments = '/apis/apps/v1/namespaces/default/deployments';
const merge = 'application/merge-patch+json';

describe('the Kubernetes API over HTTP', () => {
  let server: Server;
  let url: string;
  let registry: Registry;
  let denials: Denial[];

  beforeEach(async () => {
    ({ registry } = newRegistry());
    denials = [];
    server = createServer((request, response) =>
      handleRequest(
        {
          registry,
          readLog: () => ['one', 'two', 'three'],
          token: 'secret',
          denials: () => denials,
        },
        request,
        response,
      ),
    );
    url = await listen(server, 0);
  });

  afterEach(() => close(server));

  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: 'Bearer secret',
        'content-type': 'application/json',
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    const json = answer.headers.get('content-type') === 'application/json';
    return { code: answer.status, body: json ? JSON.parse(text) : text };
  }

  describe('a dry run', () => {
    const tried = `${deployments}?dryRun=All`;
    const versionNow = () => registry.store.resourceVersion;

    it('answers as the write would, and keeps nothing of it', async () => {
      const before = versionNow();
      const made = await call('POST', tried, deploymentOf('app'));
      expect(made).toMatchObject({
        code: 201,
        body: { metadata: { name: 'app', uid: expect.any(String) } },
      });
      expect((await call('GET', `${deployments}/app`)).code).toBe(404);
      expect(versionNow()).toBe(before);
    });

    it('changes and deletes nothing', async () => {
      await call('POST', deployments, deploymentOf('app'));
      const before = versionNow();
      const app = `${deployments}/app?dryRun=All`;
      const headers = { 'content-type': merge };
      const scaled = await call(
        'PATCH',
        app,
        { spec: { replicas: 7 } },
        headers,
      );
      expect(scaled.body.spec.replicas).toBe(7);
      expect((await call('DELETE', app)).code).toBe(200);
      const { body } = await call('GET', `${deployments}/app`);
      expect(body.spec.replicas).not.toBe(7);
      expect(versionNow()).toBe(before);
    });

    it('is refused where the write would be', async () => {
      denials = [{ verb: 'create', resource: 'deployments' }];
      const made = await call('POST', tried, deploymentOf('app'));
      expect(made.code).toBe(403);
    });

    it('has one value, and every other is refused by its name', async () => {
      for (const path of [
        deployments,
        '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      ]) {
        const asked = await call('POST', `${path}?dryRun=Some`, {});
        expect(asked).toMatchObject({
          code: 422,
          body: { details: { causes: [{ field: 'dryRun' }] } },
        });
      }
    });
  });

  it('refuses another token than the one it wants', async () => {
    expect(
      await call('GET', '/version', undefined, { authorization: 'Bearer x' }),
    ).toMatchObject({ code: 401, body: { reason: 'Unauthorized' } });
  });

  it.each([
    ['/version', { major: '1' }],
    ['/api', { versions: ['v1'] }],
    ['/api/v1', { kind: 'APIResourceList', groupVersion: 'v1' }],
    ['/apis', { kind: 'APIGroupList' }],
    ['/apis/apps', { kind: 'APIGroup', name: 'apps' }],
    ['/apis/autoscaling/v2', { groupVersion: 'autoscaling/v2' }],
  ])('can be discovered at %s', async (path, want) => {
    expect(await call('GET', path)).toMatchObject({ code: 200, body: want });
  });

  it.each([
    ['GET', '/apis/apps/v1/namespaces/default/nothings', 404],
    ['GET', '/apis/apps/v9/namespaces/default/deployments', 404],
    ['GET', '/api/v1/namespaces/default/pods/%zz', 404],
    ['GET', `${deployments}/none`, 404],
    ['GET', `${deployments}?labelSelector=a%20in%20b`, 400],
    ['PUT', deployments, 405],
  ])('answers %s %s with a Status of %d', async (method, path, code) => {
    expect(
      await call(method, path, method === 'PUT' ? {} : undefined),
    ).toMatchObject({
      code,
      body: { kind: 'Status', status: 'Failure', code },
    });
  });

  it.each([
    ['no JSON', 'x'],
    ['another kind', { ...deploymentOf('a'), kind: 'Secret' }],
    ['no object', [1]],
  ])('refuses a body that is %s', async (_what, body) => {
    expect(await call('POST', deployments, body)).toMatchObject({ code: 400 });
  });

  it('creates, reads, patches and deletes', async () => {
    const created = await call('POST', deployments, deploymentOf('a'));
    expect(created.code).toBe(201);
    const patched = await call(
      'PATCH',
      `${deployments}/a`,
      { spec: { replicas: 5 } },
      { 'content-type': merge, 'user-agent': 'helm/3' },
    );
    expect(patched.body.metadata.managedFields.at(-1).manager).toBe('helm');
    const deleted = await call('DELETE', `${deployments}/a`, {
      preconditions: { uid: created.body.metadata.uid },
    });
    expect(deleted).toMatchObject({ code: 200, body: { status: 'Success' } });
    expect(await call('GET', `${deployments}/a`)).toMatchObject({ code: 404 });
  });

  it('does not merge a custom resource strategically', async () => {
    const routes =
      '/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes';
    await call('POST', routes, {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'r' },
    });
    expect(
      await call(
        'PATCH',
        `${routes}/r`,
        { spec: {} },
        {
          'content-type': 'application/strategic-merge-patch+json',
        },
      ),
    ).toMatchObject({ code: 415 });
  });

  it('evicts a pod, which says so until its grace is over', async () => {
    const pods = '/api/v1/namespaces/default/pods';
    await call('POST', pods, {
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'app', image: 'shop/checkout:v1' }] },
    });
    expect(
      await call('POST', `${pods}/p/eviction`, {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name: 'p' },
      }),
    ).toMatchObject({ code: 201, body: { status: 'Success' } });
    const { body } = await call('GET', `${pods}/p`);
    expect(body.metadata.deletionTimestamp).toBeDefined();
    expect(body.status.conditions).toMatchObject([
      { type: 'DisruptionTarget', reason: 'EvictionByEvictionAPI' },
    ]);
    expect(await call('POST', `${pods}/none/eviction`, {})).toMatchObject({
      code: 404,
    });
    expect(await call('GET', `${pods}/p/eviction`)).toMatchObject({
      code: 405,
    });
  });

  it('reads and patches the scale', async () => {
    await call('POST', deployments, deploymentOf('a'));
    const scaled = await call(
      'PATCH',
      `${deployments}/a/scale`,
      { spec: { replicas: 3 } },
      { 'content-type': merge },
    );
    expect(scaled.body).toMatchObject({
      kind: 'Scale',
      spec: { replicas: 3 },
      status: { selector: 'app=a' },
    });
    expect((await call('GET', `${deployments}/a`)).body.spec.replicas).toBe(3);
  });

  it('lists in pages', async () => {
    for (const name of ['a', 'b', 'c']) {
      await call('POST', deployments, deploymentOf(name));
    }
    const first = await call('GET', `${deployments}?limit=2`);
    expect(first.body.metadata).toMatchObject({ remainingItemCount: 1 });
    const second = await call(
      'GET',
      `${deployments}?limit=2&continue=${first.body.metadata.continue}`,
    );
    const names = [...first.body.items, ...second.body.items].map(
      item => item.metadata.name,
    );
    expect(names).toEqual(['a', 'b', 'c']);
    expect(second.body.metadata.continue).toBeUndefined();
  });

  it('shows the tail of a log', async () => {
    const pods = '/api/v1/namespaces/default/pods';
    await call('POST', pods, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'app', image: 'a:v1' }] },
    });
    expect((await call('GET', `${pods}/p/log?tailLines=2`)).body).toBe(
      'two\nthree\n',
    );
  });

  it('denies what it is told to deny, in reviews and in deed', async () => {
    denials = [{ verb: 'patch', resource: 'deployments' }];
    await call('POST', deployments, deploymentOf('a'));
    const review = (verb: string) =>
      call('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
        spec: { resourceAttributes: { verb, resource: 'deployments' } },
      });
    expect((await review('patch')).body.status.allowed).toBe(false);
    expect((await review('get')).body.status.allowed).toBe(true);
    expect(
      await call('PATCH', `${deployments}/a`, {}, { 'content-type': merge }),
    ).toMatchObject({ code: 403, body: { reason: 'Forbidden' } });
  });

  describe('watch', () => {
    /** Reads events until there are as many as wanted. */
    async function watch(query: string, count: number, act = () => {}) {
      const abort = new AbortController();
      const answer = await fetch(`${url}${deployments}?watch=true&${query}`, {
        headers: { authorization: 'Bearer secret' },
        signal: abort.signal,
      });
      act();
      let text = '';
      for await (const chunk of answer.body!) {
        text += Buffer.from(chunk).toString();
        if (text.split('\n').length > count) break;
      }
      abort.abort();
      return text
        .trim()
        .split('\n')
        .map(line => JSON.parse(line));
    }
    const kind = kindNamed('Deployment');
    const create = (name: string) =>
      registry.create(kind, 'default', deploymentOf(name));
    const label = (name: string, labels: Record<string, string>) =>
      registry.update(kind, 'default', name, object => ({
        ...object,
        metadata: { ...object.metadata, labels },
      }));
    const told = (events: any[]) =>
      events.map(({ type, object }) => `${type} ${object.metadata.name}`);

    it('begins with what is there, then tells what changes', async () => {
      create('a');
      const events = await watch('', 3, () => {
        label('a', { x: 'y' });
        registry.delete(kind, 'default', 'a');
      });
      expect(told(events)).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a']);
    });

    it('begins after a version, missing nothing', async () => {
      create('a');
      const from = registry.store.resourceVersion;
      create('b');
      const events = await watch(`resourceVersion=${from}`, 2, () =>
        create('c'),
      );
      expect(told(events)).toEqual(['ADDED b', 'ADDED c']);
    });

    it('tells an object that stops matching as deleted', async () => {
      create('a');
      const from = registry.store.resourceVersion;
      const events = await watch(
        `resourceVersion=${from}&labelSelector=x`,
        2,
        () => {
          label('a', { x: 'y' });
          label('a', {});
        },
      );
      expect(told(events)).toEqual(['ADDED a', 'DELETED a']);
    });

    it('says that a version is too old to go on from', async () => {
      // What an etcd forgets by compaction, this store never knew.
      registry = new Registry(new ObjectStore(100), registry.clock);
      const [event] = await watch('resourceVersion=5', 1);
      expect(event).toMatchObject({ type: 'ERROR', object: { code: 410 } });
    });
  });
});
