import { KubernetesObject } from 'backstage-plugin-canary-node';

/** What a container of a pod is doing, or was doing last. */
interface ContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly running?: object;
  readonly terminated?: {
    readonly exitCode?: number;
    readonly reason?: string;
    readonly message?: string;
  };
}

/** Status of one container of a pod. */
export interface ContainerStatus {
  readonly name: string;
  readonly imageID?: string;
  readonly restartCount?: number;
  /** Whether its readiness probe passes; of init containers, whether it ended well. */
  readonly ready?: boolean;
  /** Whether its startup probe has passed. */
  readonly started?: boolean;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
}

/** Status of a pod, as far as it is looked at. */
export interface PodStatus {
  readonly phase?: string;
  /** Of a pod that the cluster ended: why. */
  readonly reason?: string;
  readonly message?: string;
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
    readonly message?: string;
  }[];
  readonly containerStatuses?: readonly ContainerStatus[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
}

/** The status of a pod; empty before its node has spoken. */
export function podStatus(pod: KubernetesObject): PodStatus {
  return (pod.status ?? {}) as PodStatus;
}

/** Pods that somebody still wants: not being deleted, not at their end. */
export function livePods(
  pods: readonly KubernetesObject[],
): KubernetesObject[] {
  return pods.filter(pod => {
    const { phase } = podStatus(pod);
    return (
      !pod.metadata.deletionTimestamp &&
      phase !== 'Succeeded' &&
      phase !== 'Failed'
    );
  });
}
