import { KubeConfig } from '@kubernetes/client-node';
import { ObjectRef, ObjectWrite } from 'backstage-plugin-canary-node';
import { systemClock } from '../../clock/systemClock';
import { ApiLimits } from './ApiConnection';
import { KubeConfigCluster } from './KubeConfigCluster';
import { sendJson, serveApi } from '../testing/serveApi';

const TOKEN = 'very-secret-token';
const REF: ObjectRef = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'checkout',
};
const OBJECT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'checkout', namespace: 'shop' },
};
const COLLECTION = '/apis/apps/v1/namespaces/shop/deployments';

describe('KubeConfigCluster', () => {
  let server: Awaited<ReturnType<typeof serveApi>> | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function connect(
    answer: Parameters<typeof serveApi>[0],
    options: { limits?: Partial<ApiLimits>; prefix?: string } = {},
  ) {
    server = await serveApi(answer);
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromClusterAndUser(
      {
        name: 'cluster',
        server: server.url + (options.prefix ?? ''),
        skipTLSVerify: true,
      },
      { name: 'user', token: TOKEN },
    );
    return new KubeConfigCluster(
      'blue',
      kubeConfig,
      systemClock,
      options.limits,
    );
  }

  const status = (code: number, body: object = {}) =>
    connect((_, response) => {
      sendJson(response, code, { kind: 'Status', ...body });
    });

  const notFound = (details: object) =>
    status(404, { reason: 'NotFound', details });

  describe('a server that asks to wait', () => {
    /** Answers like this at first, then as it should. */
    const busyOnce = (code: number, retryAfter: string) => {
      let asked = 0;
      return connect((_, response) => {
        asked += 1;
        if (asked > 1) return OBJECT;
        response.setHeader('retry-after', retryAfter);
        sendJson(response, code, { kind: 'Status' });
        return undefined;
      });
    };
    const write = (cluster: KubeConfigCluster) =>
      cluster.patch(REF, { type: 'merge', body: {} });

    it.each([
      [429, 'GET'],
      [503, 'GET'],
      [429, 'PATCH'],
    ])('with %s is sent the %s again', async (code, method) => {
      const cluster = await busyOnce(code, '0');
      const asked = method === 'GET' ? cluster.get(REF) : write(cluster);
      expect(await asked).toEqual(OBJECT);
    });

    it('is not sent a write again that it may have carried out', async () => {
      const cluster = await busyOnce(503, '0');
      await expect(write(cluster)).rejects.toThrow('with status 503');
    });

    it.each(['3600', 'soon', '-1'])(
      'for %s is not waited for',
      async retryAfter => {
        const cluster = await busyOnce(429, retryAfter);
        await expect(cluster.get(REF)).rejects.toThrow('with status 429');
      },
    );

    it('is waited for as long as it asked', async () => {
      const cluster = await busyOnce(429, '1');
      const askedAt = performance.now();
      await cluster.get(REF);
      expect(performance.now() - askedAt).toBeGreaterThan(990);
    });

    it('is not asked for ever', async () => {
      const cluster = await connect((_, response) => {
        response.setHeader('retry-after', '0');
        sendJson(response, 429, { kind: 'Status' });
      });
      await expect(cluster.get(REF)).rejects.toThrow('with status 429');
      expect(server!.seen).toHaveLength(3);
    });
  });

  it('sends its token and reads the object', async () => {
    const cluster = await connect(() => OBJECT);
    expect(await cluster.get(REF)).toEqual(OBJECT);
    expect(server!.seen).toEqual([
      expect.objectContaining({
        method: 'GET',
        path: `${COLLECTION}/checkout`,
        headers: expect.objectContaining({ authorization: `Bearer ${TOKEN}` }),
      }),
    ]);
  });

  it('keeps the path of an address behind a proxy', async () => {
    const cluster = await connect(() => OBJECT, {
      prefix: '/k8s/clusters/c1/',
    });
    await cluster.get(REF);
    expect(server!.seen[0].path).toBe(`/k8s/clusters/c1${COLLECTION}/checkout`);
  });

  it('does not let a name leave its place in the path', async () => {
    const cluster = await connect(() => OBJECT);
    await cluster.get({ ...REF, namespace: '../kube-system', name: 'a/b?c=d' });
    expect(server!.seen[0]).toMatchObject({
      path: '/apis/apps/v1/namespaces/..%2Fkube-system/deployments/a%2Fb%3Fc%3Dd',
      query: {},
    });
  });

  it.each([
    ['json', 'application/json-patch+json', []],
    ['merge', 'application/merge-patch+json', { spec: { replicas: 2 } }],
    ['strategic', 'application/strategic-merge-patch+json', { spec: {} }],
  ] as const)('sends a %s patch as %s', async (type, contentType, body) => {
    const cluster = await connect(() => OBJECT);
    await cluster.patch(REF, { type, body } as never);
    expect(server!.seen[0]).toMatchObject({
      method: 'PATCH',
      query: { fieldManager: 'backstage-canary' },
      headers: { 'content-type': contentType },
      body,
    });
  });

  it('deletes in the background, with its preconditions', async () => {
    const cluster = await connect(() => ({ kind: 'Status' }));
    await cluster.delete(REF, { uid: 'u1' });
    expect(server!.seen[0]).toMatchObject({
      method: 'DELETE',
      body: { propagationPolicy: 'Background', preconditions: { uid: 'u1' } },
    });
  });

  it.each([
    [400, 'InputError'],
    [401, 'NotAllowedError'],
    [403, 'NotAllowedError'],
    [409, 'ConflictError'],
    [422, 'InputError'],
    [429, 'ServiceUnavailableError'],
    [500, 'ServiceUnavailableError'],
    [503, 'ServiceUnavailableError'],
  ])('makes of status %d of a write %s', async (code, name) => {
    const cluster = await status(code, { message: 'said so' });
    await expect(
      cluster.patch(REF, { type: 'merge', body: {} }),
    ).rejects.toMatchObject({
      name,
      message: `Cluster "blue" refused to patch Deployment shop/checkout with status ${code}: said so`,
    });
  });

  it.each([
    ['without causes is a conflict', undefined, 'ConflictError'],
    ['with causes is a bad value', { causes: [{ field: 'x' }] }, 'InputError'],
  ])('knows that 422 of a tested patch %s', async (_, details, name) => {
    const cluster = await status(422, { details });
    await expect(
      cluster.patch(REF, {
        type: 'json',
        body: [{ op: 'test', path: '/a', value: 1 }],
      }),
    ).rejects.toMatchObject({ name });
  });

  it('believes that an object is absent where the API names this very object', async () => {
    const cluster = await notFound({ kind: 'deployments', name: 'checkout' });
    expect(await cluster.get(REF)).toBeUndefined();
    await expect(cluster.delete(REF)).resolves.toBeUndefined();
    await expect(
      cluster.patch(REF, { type: 'merge', body: {} }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  // The default backends of Ingress, Rancher and vcluster answer the first, a
  // Kubernetes whose aggregation is broken the second.
  it.each<[string, Parameters<typeof serveApi>[0]]>([
    [
      'a page of text',
      (_, response) => {
        response.writeHead(404).end('404 page not found');
      },
    ],
    [
      'a Status that names nothing',
      (_, response) =>
        sendJson(response, 404, {
          kind: 'Status',
          reason: 'NotFound',
          details: {},
        }),
    ],
    [
      'a Status that names another object',
      (_, response) =>
        sendJson(response, 404, {
          kind: 'Status',
          reason: 'NotFound',
          details: { kind: 'deployments', name: 'payments' },
        }),
    ],
    [
      'a Status that names another kind',
      (_, response) =>
        sendJson(response, 404, {
          kind: 'Status',
          reason: 'NotFound',
          details: { kind: 'services', name: 'checkout' },
        }),
    ],
    [
      'a Status of another reason',
      (_, response) =>
        sendJson(response, 404, {
          kind: 'Status',
          reason: 'Unknown',
          details: { kind: 'deployments', name: 'checkout' },
        }),
    ],
  ])('takes a 404 with %s for no answer at all', async (_, answer) => {
    const cluster = await connect(answer);
    const refused = { name: 'ServiceUnavailableError' };
    await expect(cluster.get(REF)).rejects.toMatchObject(refused);
    await expect(cluster.list(REF)).rejects.toMatchObject(refused);
    await expect(cluster.delete(REF)).rejects.toMatchObject(refused);
    await expect(
      cluster.patch(REF, { type: 'merge', body: {} }),
    ).rejects.toMatchObject(refused);
    await expect(cluster.create(OBJECT)).rejects.toMatchObject(refused);
  });

  describe('a kind whose group is not served', () => {
    const ROUTE: ObjectRef = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      namespace: 'shop',
      name: 'checkout',
    };
    const groupList = (...versions: string[]) => ({
      kind: 'APIGroupList',
      groups: versions.map(groupVersion => ({
        versions: [{ groupVersion }],
      })),
    });
    const serving = (groups: unknown) =>
      connect(({ path }, response) => {
        if (path === '/apis' && groups) return groups;
        sendJson(response, 404, { kind: 'Status', reason: 'NotFound' });
        return undefined;
      });

    it('is absent where the API lists its other groups, and not this one', async () => {
      const cluster = await serving(groupList('apps/v1'));
      expect(await cluster.get(ROUTE)).toBeUndefined();
      expect(await cluster.list(ROUTE)).toEqual([]);
      expect(await cluster.may('get', ROUTE)).toBe(false);
    });

    it.each([
      ['does not list any', undefined],
      ['lists none', groupList()],
      ['lists it', groupList('apps/v1', ROUTE.apiVersion)],
      ['answers with something else', { groups: 'all' }],
    ])('is unknown where the API %s', async (_, groups) => {
      const cluster = await serving(groups);
      await expect(cluster.get(ROUTE)).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringContaining(
          'cannot say whether it has gateway.networking.k8s.io/v1',
        ),
      });
    });
  });

  describe('a dry run', () => {
    const REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    const create: ObjectWrite = { verb: 'create', object: OBJECT };
    const patch: ObjectWrite = {
      verb: 'patch',
      ref: REF,
      patch: { type: 'merge', body: { spec: { replicas: 2 } } },
    };
    /** As Kubernetes answers a value of the option that it does not know. */
    const knowsDryRun = {
      kind: 'Status',
      reason: 'Invalid',
      details: {
        causes: [{ reason: 'FieldValueNotSupported', field: 'dryRun' }],
      },
    };
    /** @param write - status and body of the answer to the write */
    const serving = (review: [number, object], write: [number, object]) =>
      connect(({ path }, response) => {
        sendJson(response, ...(path === REVIEWS ? review : write));
      });
    const ofWrites = () => server!.seen.filter(({ path }) => path !== REVIEWS);

    it('is sent as one, once the server has shown that it reads the option', async () => {
      const cluster = await serving([422, knowsDryRun], [200, OBJECT]);
      expect(await cluster.dryRun(create)).toBe('accepted');
      expect(await cluster.dryRun(patch)).toBe('accepted');
      expect(
        server!.seen.map(({ method, path, query }) => [
          method,
          path,
          query.dryRun,
        ]),
      ).toEqual([
        ['POST', REVIEWS, expect.not.stringMatching(/^All$/)],
        ['POST', COLLECTION, 'All'],
        ['PATCH', `${COLLECTION}/checkout`, 'All'],
      ]);
    });

    it.each<[string, [number, object]]>([
      ['answers the review', [201, { status: { allowed: true } }]],
      ['refuses it', [403, { kind: 'Status', reason: 'Forbidden' }]],
      ['has none', [404, { kind: 'Status', reason: 'NotFound' }]],
      ['fails', [500, {}]],
      [
        'finds something else wrong with it',
        [422, { kind: 'Status', details: { causes: [{ field: 'spec' }] } }],
      ],
      ['answers with a page', [422, { details: knowsDryRun.details }]],
    ])(
      'is no request at all to a server that %s: it might carry it out',
      async (_, review) => {
        const cluster = await serving(review, [200, OBJECT]);
        for (const write of [create, patch]) {
          expect(await cluster.dryRun(write)).toEqual({
            notTried: expect.stringContaining('what a dry run is'),
          });
        }
        expect(ofWrites()).toEqual([]);
      },
    );

    it('says the words of who refuses it', async () => {
      const message = 'admission webhook "owners" denied the request: no owner';
      const cluster = await serving(
        [422, knowsDryRun],
        [403, { kind: 'Status', message }],
      );
      await expect(cluster.dryRun(create)).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: `Cluster "blue" refused to create Deployment shop/checkout in a dry run with status 403: ${message}`,
      });
    });

    it('is not tried where a webhook cannot be asked without effects', async () => {
      const message = 'admission webhook "owners" does not support dry run';
      const cluster = await serving(
        [422, knowsDryRun],
        [400, { kind: 'Status', message }],
      );
      expect(await cluster.dryRun(create)).toEqual({
        notTried: message,
      });
    });

    it('is nothing that other writes hear of', async () => {
      const cluster = await serving([422, knowsDryRun], [200, OBJECT]);
      await cluster.dryRun(create);
      await cluster.create(OBJECT);
      await cluster.patch(REF, { type: 'merge', body: {} });
      expect(ofWrites().map(({ query }) => query.dryRun)).toEqual([
        'All',
        undefined,
        undefined,
      ]);
    });
  });

  it('asks for rights on a kind without the name that no such request has', async () => {
    const cluster = await connect(() => ({ status: { allowed: true } }));
    for (const verb of ['get', 'patch', 'delete', 'create', 'list', 'watch']) {
      await cluster.may(verb, REF);
    }
    const names = server!.seen.map(
      ({ body }: any) => body.spec.resourceAttributes.name,
    );
    expect(names).toEqual([
      ...['checkout', 'checkout', 'checkout'],
      ...[undefined, undefined, undefined],
    ]);
  });

  it('gives up when the cluster stays silent', async () => {
    const cluster = await connect(() => undefined, {
      limits: { timeoutMs: 50 },
    });
    await expect(cluster.get(REF)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: 'Cluster "blue" cannot be reached: no answer within 50 ms',
    });
  });

  it('gives up when the signal aborts, with its reason', async () => {
    const abort = new AbortController();
    const cluster = await connect(() => {
      abort.abort(new Error('the backend stops'));
    });
    await expect(cluster.get(REF, abort.signal)).rejects.toThrow(
      'the backend stops',
    );
  });

  it('does not read an endless answer', async () => {
    const cluster = await connect(() => ({ text: 'x'.repeat(2000) }), {
      limits: { maxBytes: 1000 },
    });
    await expect(cluster.get(REF)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('larger than 1000 bytes'),
    });
  });

  it('tells a login page from a Kubernetes API', async () => {
    const cluster = await connect((_, response) => {
      response.end('<html>Please sign in</html>');
    });
    await expect(cluster.get(REF)).rejects.toThrow(
      'its answer is not JSON; is this a Kubernetes API?',
    );
  });

  it('does not carry its token to where a redirect points', async () => {
    const cluster = await connect((_, response) => {
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    await expect(cluster.get(REF)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    expect(server!.seen).toHaveLength(1);
  });

  it('says that nobody listens, and nothing of its token', async () => {
    const cluster = await connect(() => OBJECT);
    await server!.close();
    const error = await cluster.ping().catch(e => e);
    expect(error).toMatchObject({
      name: 'ServiceUnavailableError',
      message:
        'Cluster "blue" cannot be reached: the connection was refused (ECONNREFUSED)',
    });
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(TOKEN);
  });

  it('repeats nothing of a page that is no Status', async () => {
    const cluster = await connect((request, response) => {
      sendJson(response, 403, { message: request.headers.authorization });
    });
    const error = await cluster.get(REF).catch(e => e);
    expect(error.name).toBe('NotAllowedError');
    expect(error.message).not.toContain(TOKEN);
  });

  it.each([
    ['a command', { exec: { command: '/nowhere/credentials' } }],
    [
      'a file',
      {
        authProvider: {
          name: 'tokenFile',
          config: { tokenFile: '/nowhere/token' },
        },
      },
    ],
  ])('says that %s gave no credentials', async (_, user) => {
    server = await serveApi(() => OBJECT);
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromClusterAndUser(
      { name: 'cluster', server: server.url, skipTLSVerify: true },
      { name: 'user', ...user },
    );
    await expect(
      new KubeConfigCluster('blue', kubeConfig, systemClock).get(REF),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message:
        'Cluster "blue" cannot be reached: its credentials could not be obtained',
    });
  });

  it('uses one connection for requests after each other', async () => {
    const ports = new Set<number>();
    const cluster = await connect((_, response) => {
      ports.add(response.socket!.remotePort!);
      return OBJECT;
    });
    await cluster.get(REF);
    await cluster.get(REF);
    await cluster.get(REF);
    expect(ports.size).toBe(1);
  });
});
