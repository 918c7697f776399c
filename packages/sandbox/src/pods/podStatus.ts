import { ApiObject } from '../kubernetes-api';

/** What one container is doing. */
export type ContainerState =
  | { readonly waiting: { reason: string; message?: string } }
  | { readonly running: { startedAt: string } }
  | {
      readonly terminated: {
        exitCode: number;
        reason: string;
        startedAt: string;
        finishedAt: string;
      };
    };

/** Everything the node knows about a pod. */
export interface PodFacts {
  readonly phase: 'Pending' | 'Running';
  readonly ready: boolean;
  readonly restarts: number;
  readonly state: ContainerState;
  readonly lastState?: ContainerState;
  readonly startedAt: string;
  readonly imageIdOf: (image: string) => string;
}

/** Writes the facts as a PodStatus; conditions keep their time while they stand. */
export function podStatus(pod: ApiObject, facts: PodFacts, now: string): any {
  const ready = facts.ready ? 'True' : 'False';
  const conditions = [
    { type: 'Initialized', status: 'True' },
    {
      type: 'Ready',
      status: ready,
      ...(!facts.ready && {
        reason: 'ContainersNotReady',
        message: `containers with unready status: [${names(pod)}]`,
      }),
    },
    { type: 'ContainersReady', status: ready },
    { type: 'PodScheduled', status: 'True' },
  ].map(condition => ({
    ...condition,
    lastProbeTime: null,
    lastTransitionTime:
      pod.status?.conditions?.find(
        (old: any) =>
          old.type === condition.type && old.status === condition.status,
      )?.lastTransitionTime ?? now,
  }));
  const pulled = !('waiting' in facts.state) || facts.restarts > 0;
  return {
    phase: facts.phase,
    conditions,
    hostIP: '127.0.0.1',
    podIP: '127.0.0.1',
    podIPs: [{ ip: '127.0.0.1' }],
    startTime: facts.startedAt,
    qosClass: 'BestEffort',
    containerStatuses: pod.spec.containers.map((container: any) => ({
      name: container.name,
      image: container.image,
      imageID: pulled ? facts.imageIdOf(container.image) : '',
      containerID: pulled ? `sandbox://${pod.metadata.uid}` : undefined,
      ready: facts.ready,
      started: 'running' in facts.state,
      restartCount: facts.restarts,
      state: facts.state,
      lastState: facts.lastState ?? {},
    })),
  };
}

function names(pod: ApiObject): string {
  return pod.spec.containers.map((container: any) => container.name).join(' ');
}
