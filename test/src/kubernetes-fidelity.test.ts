import http from 'node:http';
import https from 'node:https';
import {
  KubeApiServer,
  startKubeApiServer,
} from 'backstage-plugin-canary-node/testUtils';
import { Sandbox, startSandbox } from 'sandbox';

jest.setTimeout(60_000);

const apps = '/apis/apps/v1/namespaces/default/deployments';
const services = '/api/v1/namespaces/default/services';
const configMaps = '/api/v1/namespaces/default/configmaps';
const json = 'application/json';
const merge = 'application/merge-patch+json';
const strategic = 'application/strategic-merge-patch+json';
const patch = 'application/json-patch+json';

type Request = readonly [
  what: string,
  method: string,
  path: string,
  body?: unknown,
  type?: string,
];

/** In this order, on one object: `a`. */
const requests: readonly Request[] = [
  ['creates a Deployment with defaults', 'POST', apps, deploymentOf('a')],
  ['refuses a second one', 'POST', apps, deploymentOf('a')],
  ['refuses a name', 'POST', apps, deploymentOf('A_b')],
  ['does not find an object', 'GET', `${apps}/none`],
  ['does not find a kind', 'GET', '/apis/apps/v1/namespaces/default/nothings'],
  [
    'refuses a selector that selects something else',
    'POST',
    apps,
    deploymentOf('b', { selector: { matchLabels: { app: 'c' } } }),
  ],
  [
    'refuses a spec with nothing in it',
    'POST',
    apps,
    { ...deploymentOf('b'), spec: {} },
  ],
  [
    'counts a generation for an annotation',
    'PATCH',
    `${apps}/a`,
    { metadata: { annotations: { x: '1' } } },
    merge,
  ],
  [
    'counts none for a label',
    'PATCH',
    `${apps}/a`,
    { metadata: { labels: { x: '1' } } },
    merge,
  ],
  [
    'refuses a stale resourceVersion',
    'PATCH',
    `${apps}/a`,
    { metadata: { resourceVersion: '1' }, spec: { paused: true } },
    merge,
  ],
  [
    'refuses a patch of the uid',
    'PATCH',
    `${apps}/a`,
    { metadata: { uid: '1234' } },
    merge,
  ],
  [
    'refuses another uid in a PUT',
    'PUT',
    `${apps}/a`,
    { ...deploymentOf('a'), metadata: { name: 'a', uid: '1234' } },
  ],
  [
    'refuses negative replicas',
    'PATCH',
    `${apps}/a`,
    { spec: { replicas: -1 } },
    merge,
  ],
  [
    'refuses another selector',
    'PATCH',
    `${apps}/a`,
    { spec: { selector: { matchLabels: { app: 'z' } } } },
    merge,
  ],
  [
    'refuses a JSON Patch whose test fails',
    'PATCH',
    `${apps}/a`,
    [{ op: 'test', path: '/spec/replicas', value: 9 }],
    patch,
  ],
  [
    'refuses a JSON Patch of a path that is not there',
    'PATCH',
    `${apps}/a`,
    [{ op: 'remove', path: '/spec/nope/x' }],
    patch,
  ],
  [
    'refuses a patch of no known type',
    'PATCH',
    `${apps}/a`,
    { spec: { replicas: 1 } },
    json,
  ],
  [
    'merges containers and their variables by name',
    'PATCH',
    `${apps}/a`,
    podSpec({
      containers: [
        { name: 'app', env: [{ name: 'B', value: '3' }, { name: 'C' }] },
        { name: 'side', $patch: 'delete' },
        { name: 'new', image: 'n:v1' },
      ],
    }),
    strategic,
  ],
  [
    'orders containers as told',
    'PATCH',
    `${apps}/a`,
    podSpec({
      '$setElementOrder/containers': [{ name: 'new' }, { name: 'app' }],
      containers: [{ name: 'new', image: 'n:v2' }],
    }),
    strategic,
  ],
  [
    'merges ports by containerPort',
    'PATCH',
    `${apps}/a`,
    podSpec({
      containers: [
        {
          name: 'app',
          ports: [{ containerPort: 80, name: 'http' }, { containerPort: 81 }],
        },
      ],
    }),
    strategic,
  ],
  [
    'changes the strategy',
    'PATCH',
    `${apps}/a`,
    { spec: { strategy: { type: 'Recreate', rollingUpdate: null } } },
    strategic,
  ],
  ['reads the scale', 'GET', `${apps}/a/scale`],
  [
    'patches the scale',
    'PATCH',
    `${apps}/a/scale`,
    { spec: { replicas: 2 } },
    merge,
  ],
  [
    'patches the status and nothing else',
    'PATCH',
    `${apps}/a/status`,
    { status: { replicas: 3 }, spec: { replicas: 9 } },
    merge,
  ],
  [
    'keeps the object for another uid',
    'DELETE',
    `${apps}/a`,
    { preconditions: { uid: 'abc' } },
  ],
  [
    'deletes in the background',
    'DELETE',
    `${apps}/a`,
    { propagationPolicy: 'Background' },
  ],
  ['does not find it again', 'DELETE', `${apps}/a`],
  ['creates another', 'POST', apps, deploymentOf('c')],
  [
    'marks it in a foreground deletion',
    'DELETE',
    `${apps}/c`,
    { propagationPolicy: 'Foreground' },
  ],
  [
    'names by generateName',
    'POST',
    configMaps,
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'g-' } },
  ],
  [
    'refuses another kind',
    'POST',
    configMaps,
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'g' } },
  ],
  [
    'creates a Service with defaults',
    'POST',
    services,
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 's' },
      spec: { selector: { a: 'b' }, ports: [{ port: 80 }] },
    },
  ],
  [
    'merges its ports by port',
    'PATCH',
    `${services}/s`,
    { spec: { ports: [{ port: 80, targetPort: 9 }] } },
    strategic,
  ],
  ['refuses a label selector', 'GET', `${apps}?labelSelector=a%20in%20b`],
  [
    'allows in a review',
    'POST',
    '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: {
        resourceAttributes: {
          namespace: 'default',
          verb: 'patch',
          group: 'apps',
          resource: 'deployments',
        },
      },
    },
  ],
];

const rows = requests.map(request => ({ what: request[0], request }));
const assets = process.env.KUBEBUILDER_ASSETS;
const describeReal = assets ? describe : describe.skip;

describeReal(
  `the sandbox answers as a real kube-apiserver does (${
    assets ?? 'skipped: KUBEBUILDER_ASSETS names no folder with its binaries'
  })`,
  () => {
    let real: KubeApiServer;
    let sandbox: Sandbox;

    beforeAll(async () => {
      real = await startKubeApiServer(assets!);
      sandbox = await startSandbox({
        controllers: false,
        load: { requestsPerSecond: 0 },
      });
    }, 90_000);

    afterAll(async () => {
      await sandbox?.stop();
      await real?.stop();
    });

    it.each(rows)('when it $what', async ({ request }) => {
      const want = await send(real.url, real.token, request);
      const got = await send(sandbox.kubernetesUrl, 'any', request);
      expect(got).toEqual(want);
    });
  },
);

function deploymentOf(name: string, spec: object = {}) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            {
              name: 'app',
              image: 'app:v1',
              ports: [{ containerPort: 80 }],
              env: [
                { name: 'A', value: '1' },
                { name: 'B', value: '2' },
              ],
            },
            { name: 'side', image: 'side:v1' },
          ],
        },
      },
      ...spec,
    },
  };
}

function podSpec(spec: object) {
  return { spec: { template: { spec } } };
}

/** The answer without what must differ: identities, times, addresses. */
async function send(
  base: string,
  token: string,
  [, method, path, body, type = json]: Request,
): Promise<unknown> {
  const url = new URL(base + path);
  const data = body === undefined ? '' : JSON.stringify(body);
  const { code, text } = await new Promise<{ code?: number; text: string }>(
    (resolve, reject) => {
      const request = (url.protocol === 'https:' ? https : http).request(
        url,
        {
          method,
          rejectUnauthorized: false,
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': type,
            'content-length': Buffer.byteLength(data),
          },
        },
        response => {
          let received = '';
          response.on('data', chunk => {
            received += chunk;
          });
          response.on('end', () =>
            resolve({ code: response.statusCode, text: received }),
          );
        },
      );
      request.on('error', reject);
      request.end(data);
    },
  );
  return { code, body: comparable(JSON.parse(text)) };
}

/** Told by every server in words of its own, or new since the version that runs here. */
const ownWords = [
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'deletionTimestamp',
  'managedFields',
  'selfLink',
  'message',
  'clusterIP',
  'clusterIPs',
  'ipFamilies',
  'ipFamilyPolicy',
  'internalTrafficPolicy',
];

function comparable(value: any): any {
  if (Array.isArray(value)) {
    // The real server names some causes twice.
    const seen = new Map(
      value.map(comparable).map(part => [JSON.stringify(part), part]),
    );
    return [...seen.values()];
  }
  if (typeof value !== 'object' || value === null) return value;
  const named = value.generateName ? { ...value, name: 'generated' } : value;
  return Object.fromEntries(
    Object.entries(named)
      .filter(([key]) => !ownWords.includes(key))
      .map(([key, part]) => [key, comparable(part)]),
  );
}
