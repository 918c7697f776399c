import { checkoutDeployment, checkoutTemplate, podOf } from '../testing/shop';
import { viewDeployment } from './viewDeployment';

const app = { app: 'checkout' };
const digest = (char: string) => `sha256:${char.repeat(64)}`;

describe('viewDeployment', () => {
  it('projects what decisions need', () => {
    const deployment = checkoutDeployment(
      {},
      {
        resourceVersion: '7',
        generation: 1,
        annotations: { 'canary/fence': 'r1/2' },
      },
    );
    expect(viewDeployment(deployment, [])).toEqual({
      uid: 'uid-stable',
      resourceVersion: '7',
      deleting: false,
      paused: false,
      images: { checkout: 'shop/checkout:v1', proxy: 'shop/proxy:v7' },
      templateHash: expect.stringMatching(/^[0-9a-f]{16}$/),
      current: true,
      replicas: { desired: 4, total: 4, updated: 4, ready: 4, available: 4 },
      problems: [],
      pods: [],
      imageIds: {},
      fence: 'r1/2',
    });
  });

  it('reads what the API leaves out as its default', () => {
    const { spec, ...deployment } = checkoutDeployment();
    const { replicas: _, ...rest } = spec as Record<string, never>;
    const view = viewDeployment({ ...deployment, spec: rest, status: {} }, []);
    expect(view.replicas).toEqual({
      desired: 1,
      total: 0,
      updated: 0,
      ready: 0,
      available: 0,
    });
  });

  it('is not current before the cluster took over the latest generation', () => {
    const deployment = checkoutDeployment({}, { generation: 2 });
    expect(viewDeployment(deployment, []).current).toBe(false);
  });

  it('hashes the template whatever the order of its keys, images included', () => {
    const hashOf = (spec: object) =>
      viewDeployment(checkoutDeployment(spec as never), []).templateHash;
    const { metadata, spec } = checkoutTemplate();
    const other = checkoutTemplate({
      containers: [{ name: 'checkout', image: 'shop/checkout:v2' }],
    });
    expect(hashOf({ template: { spec, metadata } })).toBe(hashOf({}));
    expect(hashOf({ replicas: 9 })).toBe(hashOf({}));
    expect(hashOf({ template: other })).not.toBe(hashOf({}));
  });

  it('says that a rolling update is stuck', () => {
    const condition = {
      type: 'Progressing',
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: 'ReplicaSet "x" has timed out progressing.',
    };
    const deployment = {
      ...checkoutDeployment(),
      status: { conditions: [condition] },
    };
    expect(viewDeployment(deployment, []).stuck).toBe(
      'its progress deadline is exceeded: ReplicaSet "x" has timed out progressing.',
    );
  });

  it('says first that Kubernetes may not make its pods', () => {
    const conditions = [
      {
        type: 'Progressing',
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
      },
      {
        type: 'ReplicaFailure',
        status: 'True',
        reason: 'FailedCreate',
        message: 'pods "checkout-x" is forbidden: exceeded quota: small',
      },
    ];
    const deployment = { ...checkoutDeployment(), status: { conditions } };
    expect(viewDeployment(deployment, []).stuck).toBe(
      'Kubernetes may not make its pods: pods "checkout-x" is forbidden: exceeded quota: small',
    );
  });

  it('reports probes that do not pass, and restarts', () => {
    const running = { running: {} };
    const pod = podOf('p1', app, {
      initContainerStatuses: [
        { name: 'migrate', state: running, ready: false, started: false },
      ],
      containerStatuses: [
        { name: 'checkout', state: running, ready: false, started: true },
        { name: 'proxy', state: running, ready: false, started: false },
        {
          name: 'agent',
          state: running,
          ready: true,
          restartCount: 2,
          lastState: { terminated: { exitCode: 137, reason: 'Error' } },
        },
      ],
    });
    expect(
      viewDeployment(checkoutDeployment(), [pod]).problems.map(
        ({ reason, message }) => `${reason}: ${message}`,
      ),
    ).toEqual([
      'Restarted: container agent was restarted 2 times, last after exit code 137: Error',
      'NotReady: container checkout runs, and its readiness probe does not pass',
      'NotReady: container proxy runs, and its startup probe does not pass',
    ]);
  });

  it.each([
    ['CrashLoopBackOff', 'CrashLoopBackOff'],
    ['ImagePullBackOff', 'ImagePullBackOff'],
    ['ErrImagePull', 'ErrImagePull'],
    ['InvalidImageName', 'ErrImagePull'],
    ['CreateContainerConfigError', 'CreateContainerError'],
  ])('reports a container that waits in %s as %s', (reason, want) => {
    const waiting = { reason, message: 'because\n of   this' };
    const pod = podOf('p1', app, {
      containerStatuses: [{ name: 'checkout', state: { waiting } }],
    });
    expect(viewDeployment(checkoutDeployment(), [pod]).problems).toEqual([
      {
        pod: 'p1',
        reason: want,
        message: `container checkout waits (${reason}): because of this`,
      },
    ]);
  });

  it.each(['ContainerCreating', 'PodInitializing', ''])(
    'does not call the wait for %p a problem',
    reason => {
      const pod = podOf('p1', app, {
        containerStatuses: [
          { name: 'checkout', state: { waiting: { reason } } },
        ],
      });
      expect(viewDeployment(checkoutDeployment(), [pod]).problems).toEqual([]);
    },
  );

  it('reports init containers, missing nodes and killed processes', () => {
    const pods = [
      podOf('p2', app, {
        containerStatuses: [
          {
            name: 'checkout',
            restartCount: 3,
            state: { running: {} },
            lastState: { terminated: { reason: 'OOMKilled' } },
          },
        ],
      }),
      podOf('p1', app, {
        phase: 'Pending',
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: '0/3 nodes are available',
          },
        ],
        initContainerStatuses: [
          {
            name: 'migrate',
            state: { waiting: { reason: 'CrashLoopBackOff' } },
          },
        ],
      }),
    ];
    expect(
      viewDeployment(checkoutDeployment(), pods).problems.map(
        ({ pod, reason }) => `${pod} ${reason}`,
      ),
    ).toEqual(['p1 Unschedulable', 'p1 CrashLoopBackOff', 'p2 OOMKilled']);
  });

  it('tells the distinct images that really run, however the runtime writes them', () => {
    const running = (name: string, imageID: string) =>
      podOf(name, app, {
        containerStatuses: [
          { name: 'checkout', imageID, state: { running: {} } },
        ],
      });
    const ended = podOf('p5', app, {
      phase: 'Failed',
      containerStatuses: [
        { name: 'checkout', imageID: digest('c'), state: { running: {} } },
      ],
    });
    const starting = podOf('p6', app, {
      containerStatuses: [
        { name: 'checkout', imageID: digest('d'), state: { waiting: {} } },
      ],
    });
    const { imageIds } = viewDeployment(checkoutDeployment(), [
      running('p1', `docker-pullable://shop/checkout@${digest('a')}`),
      running('p2', `shop/checkout@${digest('a')}`),
      running('p3', digest('b')),
      running('p4', ''),
      ended,
      starting,
    ]);
    expect(imageIds).toEqual({ checkout: [digest('a'), digest('b')] });
  });

  it('tells what init containers ran, and what sidecars among them run', () => {
    const started = (name: string, migrate: string, log: string) =>
      podOf(name, app, {
        initContainerStatuses: [
          {
            name: 'migrate',
            imageID: digest(migrate),
            state: { terminated: { reason: 'Completed' } },
          },
          { name: 'log', imageID: digest(log), state: { running: {} } },
          { name: 'wait', imageID: '', state: { waiting: {} } },
        ],
      });
    const view = viewDeployment(checkoutDeployment(), [
      started('p1', 'a', 'c'),
      started('p2', 'b', 'c'),
    ]);
    expect(view.imageIds).toEqual({});
    expect(view.initImageIds).toEqual({
      migrate: [digest('a'), digest('b')],
      log: [digest('c')],
    });
  });

  it('knows the hash of the pods only while they agree', () => {
    const pod = (name: string, hash: string) =>
      podOf(name, { ...app, 'pod-template-hash': hash });
    const hashOf = (...pods: ReturnType<typeof pod>[]) =>
      viewDeployment(checkoutDeployment(), pods).podTemplateHash;
    expect(hashOf()).toBeUndefined();
    expect(hashOf(pod('p1', '7c9'), pod('p2', '7c9'))).toBe('7c9');
    expect(hashOf(pod('p1', '7c9'), pod('p2', '5f2'))).toBeUndefined();
  });
});
