import { mockServices } from '@backstage/backend-test-utils';
import { KubeConfig } from '@kubernetes/client-node';
import { KubernetesObject, PodReader } from 'backstage-plugin-canary-node';
import { testMetricProvider } from 'backstage-plugin-canary-node/testUtils';
import { systemClock } from '../../clock/systemClock';
import { KubeConfigCluster } from '../../kubernetes/client/KubeConfigCluster';
import { readWorkloadPods } from '../../workload';
import { kubernetes } from './kubernetes';

const QUERY = 'restarts?cluster=blue&namespace=shop&workload=checkout';

const window = { from: 1_700_000_000_700, to: 1_700_000_060_000 };
const BEFORE = '2023-11-14T22:13:19Z';
const SAME_SECOND = '2023-11-14T22:13:20Z';
const INSIDE = '2023-11-14T22:13:30Z';

function connect(readPods?: PodReader, raw: Record<string, unknown> = {}) {
  return kubernetes.connect(kubernetes.config.parse(raw), {
    name: 'kubernetes',
    fetch,
    logger: mockServices.logger.mock(),
    clock: systemClock,
    readPods,
  });
}

/** A cluster behind the same door that the controller uses, at `url`. */
function doorTo(url: string, token: string): PodReader {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser(
    { name: 'blue', server: url, skipTLSVerify: true },
    { name: 'canary', token },
  );
  const cluster = new KubeConfigCluster('blue', kubeConfig, systemClock, {
    maxBytes: 1024 * 1024,
  });
  return (deployment, signal) => readWorkloadPods(cluster, deployment, signal);
}

type Container = {
  restartCount?: number;
  state?: object;
  lastState?: object;
};

function pod(
  options: {
    created?: string;
    ready?: boolean;
    containers?: readonly Container[];
    phase?: string;
    deleted?: boolean;
  } = {},
): KubernetesObject {
  const { created = BEFORE, ready = true, containers = [], phase } = options;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'checkout-x',
      creationTimestamp: created,
      deletionTimestamp: options.deleted ? INSIDE : undefined,
    },
    status: {
      phase: phase ?? 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: containers,
    },
  } as unknown as KubernetesObject;
}

/** One body that is the discovery, the Deployment and its pods at once. */
function body(...pods: KubernetesObject[]): string {
  return JSON.stringify({
    resources: [
      { name: 'deployments', kind: 'Deployment' },
      { name: 'pods', kind: 'Pod' },
    ],
    metadata: { name: 'checkout', namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: 'checkout' } },
      template: { metadata: { labels: { app: 'checkout' } } },
    },
    items: pods,
  });
}

const young = (restartCount: number) =>
  pod({ created: INSIDE, containers: [{ restartCount }] });

testMetricProvider('kubernetes as a metric provider', {
  connect: ({ url, secret, timeoutMs }) =>
    connect(doorTo(url, secret), { timeout: `${timeoutMs}ms` }),
  query: QUERY,
  answers: {
    value: body(young(85), pod()),
    empty: body(),
  },
});

describe('kubernetes', () => {
  const { signal } = new AbortController();

  async function ask(figure: string, ...pods: KubernetesObject[]) {
    const source = connect(async () => pods);
    const query = QUERY.replace('restarts', figure);
    return (await source.query({ query, window, signal })).value;
  }

  const ended = (reason: string, finishedAt: string) => ({
    terminated: { reason, finishedAt },
  });

  it.each<[string, string, KubernetesObject[], number | undefined]>([
    ['every restart of a young pod', 'restarts', [young(3)], 3],
    [
      'one restart of an old pod whose container ended in the window',
      'restarts',
      [
        pod({
          containers: [{ restartCount: 9, lastState: ended('Error', INSIDE) }],
        }),
      ],
      1,
    ],
    [
      'no restart from before the window',
      'restarts',
      [
        pod({
          containers: [{ restartCount: 9, lastState: ended('Error', BEFORE) }],
        }),
      ],
      0,
    ],
    [
      'a restart in the second in which the window began',
      'restarts',
      [pod({ containers: [{ lastState: ended('Error', SAME_SECOND) }] })],
      1,
    ],
    ['restarts per pod', 'restarts', [young(3), pod()], 1.5],
    [
      'a kill for memory, restarted or not',
      'oom-kills',
      [
        pod({
          containers: [
            { lastState: ended('OOMKilled', INSIDE) },
            { state: ended('OOMKilled', INSIDE) },
            { lastState: ended('Error', INSIDE) },
            { lastState: ended('OOMKilled', BEFORE) },
          ],
        }),
      ],
      2,
    ],
    ['ready pods in percent', 'readiness', [pod(), pod({ ready: false })], 50],
    [
      'no starting pod as one that is not ready',
      'readiness',
      [pod(), pod({ ready: false, created: INSIDE })],
      100,
    ],
    [
      'nothing while all pods are starting',
      'readiness',
      [pod({ ready: false, created: INSIDE })],
      undefined,
    ],
    [
      'pods that are not ready or began anew as unhealthy, each once',
      'unhealthy',
      [
        pod(),
        pod({ ready: false }),
        pod({
          ready: false,
          containers: [{ lastState: ended('OOMKilled', INSIDE) }],
        }),
        pod({ containers: [{ lastState: ended('Error', BEFORE) }] }),
      ],
      50,
    ],
    [
      'no starting pod as unhealthy',
      'unhealthy',
      [pod(), pod({ ready: false, created: INSIDE })],
      0,
    ],
    [
      'only pods that somebody wants',
      'pods',
      [pod(), pod({ deleted: true }), pod({ phase: 'Failed' })],
      1,
    ],
    ['no value without pods', 'pods', [pod({ deleted: true })], undefined],
    [
      'a pod whose node has not spoken',
      'pods',
      [{ ...pod(), status: undefined }],
      1,
    ],
  ])('counts %s', async (_, figure, pods, want) => {
    expect(await ask(figure, ...pods)).toBe(want);
  });

  it('asks for the Deployment that the query names, as it was escaped', async () => {
    const asked: unknown[] = [];
    const source = connect(async deployment => {
      asked.push(deployment);
      return [pod()];
    });
    const name = 'a&cluster=other#%"';
    const query = `pods?cluster=blue&namespace=shop&workload=${source.escape({
      type: 'string',
      value: name,
    })}`;
    await source.query({ query, window, signal });
    expect(asked).toEqual([{ cluster: 'blue', namespace: 'shop', name }]);
  });

  it.each([
    ['an unknown figure', 'cpu?cluster=a', 'use restarts, oom-kills'],
    ['a name of every object', 'constructor?cluster=a', 'does not know'],
    ['a missing argument', 'pods?cluster=a&namespace=b', 'lacks workload'],
    ['no arguments', 'pods', 'lacks cluster'],
  ])('refuses %s', async (_, query, want) => {
    const asked = connect(async () => []).query({ query, window, signal });
    await expect(asked).rejects.toThrow(want);
  });

  it.each<[string, PodReader | undefined, string]>([
    ['the Deployment is gone', async () => undefined, 'finds no Deployment'],
    [
      'its cluster cannot be read',
      async () => {
        throw new Error('Cluster "blue" is not configured');
      },
      'failed: Cluster "blue" is not configured',
    ],
    [
      'pods are no pods',
      async () => [
        { ...pod(), status: { phase: 5 } } as unknown as KubernetesObject,
      ],
      'cannot read the pods',
    ],
    ['nobody opens the door', undefined, 'has no way to the clusters'],
  ])('fails with a sentence when %s', async (_, door, want) => {
    const asked = connect(door).query({ query: QUERY, window, signal });
    await expect(asked).rejects.toThrow(
      expect.objectContaining({
        name: 'MetricSourceError',
        message: expect.stringContaining(want),
      }),
    );
  });
});
