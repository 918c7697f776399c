import { PodFate } from '../../rollout';
import { podOf } from '../testing/shop';
import { podFates } from './podFates';

type Status = Readonly<Record<string, unknown>>;

const ready = (status: string, reason?: string) => [
  { type: 'Ready', status, reason },
  { type: 'ContainersReady', status: reason ? 'False' : 'True' },
];
const container = (one: object) => ({
  containerStatuses: [{ name: 'checkout', ...one }],
});
const waits = (reason: string) => container({ state: { waiting: { reason } } });
const ended = (exitCode: number, reason = 'Error') => ({
  terminated: { exitCode, reason },
});

function fateOf(status: Status, metadata: object = {}) {
  const pod = podOf('p1', {}, status);
  const [fate] = podFates([
    { ...pod, metadata: { ...pod.metadata, ...metadata } },
  ]);
  return fate;
}

describe('podFates', () => {
  it.each<[string, PodFate['state'], Status]>([
    ['that answers', 'ready', { conditions: ready('True') }],
    [
      'that answers, after it had crashed',
      'ready',
      {
        conditions: ready('True'),
        ...container({ restartCount: 2, lastState: ended(1) }),
      },
    ],
    ['that no node has taken yet', 'starting', { phase: 'Pending' }],
    [
      'that is being made',
      'starting',
      { phase: 'Pending', ...waits('ContainerCreating') },
    ],
    [
      'whose probe fails',
      'starting',
      { conditions: ready('False', 'ContainersNotReady') },
    ],
    ['that crash-loops', 'failing', waits('CrashLoopBackOff')],
    ['whose image cannot be pulled', 'failing', waits('ImagePullBackOff')],
    ['whose image is wrong', 'failing', waits('ErrImagePull')],
    [
      'that runs again after a crash',
      'failing',
      container({ restartCount: 1 }),
    ],
    ['that has crashed just now', 'failing', container({ state: ended(3) })],
    [
      'that was killed for its memory',
      'failing',
      container({ lastState: ended(137, 'OOMKilled') }),
    ],
    [
      'whose init container fails',
      'failing',
      { initContainerStatuses: [{ name: 'migrate', state: ended(1) }] },
    ],
    ['that failed and nobody says why', 'failing', { phase: 'Failed' }],
    [
      'that used up its own disk',
      'failing',
      {
        phase: 'Failed',
        reason: 'Evicted',
        message:
          'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ',
      },
    ],
    [
      'that filled its own volume',
      'failing',
      {
        phase: 'Failed',
        reason: 'Evicted',
        message: 'Usage of EmptyDir volume "tmp" exceeds the limit "1Gi". ',
      },
    ],
    [
      'that crash-loops where it is evicted too',
      'failing',
      {
        conditions: [{ type: 'DisruptionTarget', status: 'True' }],
        ...waits('CrashLoopBackOff'),
      },
    ],
    [
      'whose readiness gate waits',
      'starting',
      {
        conditions: [
          { type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady' },
          { type: 'ContainersReady', status: 'True' },
        ],
      },
    ],
  ])('knows a pod %s: %s', (_, want, status) => {
    expect(fateOf(status)).toEqual({ uid: 'p1', name: 'p1', state: want });
  });

  it.each<[string, string, Status]>([
    [
      'a node without memory evicted',
      'Evicted: The node was low on resource: memory. Container checkout was using 2Gi, which exceeds its request of 0',
      {
        phase: 'Failed',
        reason: 'Evicted',
        message:
          'The node was low on resource: memory. Container checkout was using 2Gi, which exceeds its request of 0. ',
      },
    ],
    ...['Preempting', 'NodeLost', 'NodeShutdown', 'Shutdown', 'Terminated'].map(
      (reason): [string, string, Status] => [
        `ended as ${reason}`,
        reason,
        { phase: 'Failed', reason, ...container({ state: ended(137) }) },
      ],
    ),
    ...['NodeAffinity', 'OutOfcpu'].map((reason): [string, string, Status] => [
      `a node gave back as ${reason}`,
      reason,
      { phase: 'Failed', reason },
    ]),
    // Since 1.26; the API server of our tests is older.
    ...[
      'EvictionByEvictionAPI',
      'PreemptionByScheduler',
      'DeletionByTaintManager',
      'DeletionByPodGC',
      'TerminationByKubelet',
    ].map((reason): [string, string, Status] => [
      `is a target of ${reason}`,
      `${reason}: told so`,
      {
        conditions: [
          ...ready('True'),
          {
            type: 'DisruptionTarget',
            status: 'True',
            reason,
            message: 'told so',
          },
        ],
      },
    ]),
    [
      'a silent node still has',
      'its node does not answer',
      { conditions: ready('False') },
    ],
  ])('knows that the cluster took what %s', (_, why, status) => {
    expect(fateOf(status)).toMatchObject({ state: 'disrupted', why });
  });

  it('only knows of a pod that is being deleted that somebody wants it so', () => {
    const deleted = { deletionTimestamp: '2026-03-02T09:00:00Z', uid: 'u1' };
    // Few processes return 0 when they are told to stop.
    const status = container({ state: ended(143) });
    expect(fateOf(status, deleted)).toEqual({
      uid: 'u1',
      name: 'p1',
      state: 'terminating',
    });
  });

  it('keeps their order, whatever the order in which they are listed', () => {
    const names = podFates([podOf('p2', {}), podOf('p1', {})]).map(
      ({ name }) => name,
    );
    expect(names).toEqual(['p1', 'p2']);
  });
});
