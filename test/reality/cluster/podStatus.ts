import { createHash } from 'node:crypto';
import { KubeObject } from './KubeClient';

/** How a container is doing, as a kubelet reports it. */
export interface ContainerReport {
  readonly ready?: boolean;
  readonly restarts?: number;
  readonly state: KubeObject;
}

/** The status that a kubelet gives a pod all of whose containers do so. */
export function podStatus(
  pod: KubeObject,
  { ready = false, restarts = 0, state }: ContainerReport,
): KubeObject {
  const now = new Date().toISOString();
  const condition = (type: string, isTrue: boolean) => ({
    type,
    status: isTrue ? 'True' : 'False',
    lastTransitionTime: now,
  });
  return {
    phase: state.waiting && !restarts ? 'Pending' : 'Running',
    startTime: pod.status.startTime ?? now,
    hostIP: '192.0.2.1',
    podIP: addressOf(pod.metadata.uid),
    conditions: [
      condition('PodScheduled', true),
      condition('Initialized', true),
      condition('ContainersReady', ready),
      condition('Ready', ready),
    ],
    containerStatuses: pod.spec.containers.map(
      ({ name, image }: KubeObject) => ({
        name,
        image,
        imageID: `docker-pullable://${digestOf(image)}`,
        containerID: `test://${pod.metadata.uid}/${name}/${restarts}`,
        ready,
        started: ready,
        restartCount: restarts,
        state,
      }),
    ),
  };
}

function digestOf(image: string) {
  const digest = createHash('sha256').update(image).digest('hex');
  return `${image.split(':')[0]}@sha256:${digest}`;
}

/** Endpoints want one each. */
function addressOf(uid: string) {
  const [a, b, c] = createHash('sha256').update(uid).digest();
  return `10.${a}.${b}.${c}`;
}
