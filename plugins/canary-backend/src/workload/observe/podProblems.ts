import { KubernetesObject } from 'backstage-plugin-canary-node';
import { PodProblem } from '../../rollout';
import { ContainerStatus, livePods, podStatus } from './pods';

/** What Kubernetes calls it, and the word we use for all of that kind. */
const WAITING_REASONS: Readonly<Record<string, PodProblem['reason']>> = {
  CrashLoopBackOff: 'CrashLoopBackOff',
  ImagePullBackOff: 'ImagePullBackOff',
  ErrImagePull: 'ErrImagePull',
  ErrImageNeverPull: 'ErrImagePull',
  InvalidImageName: 'ErrImagePull',
  CreateContainerError: 'CreateContainerError',
  CreateContainerConfigError: 'CreateContainerError',
  RunContainerError: 'CreateContainerError',
};

const MESSAGE_LENGTH = 300;

/** Trouble of pods that a person should read, in the order of their names. */
export function podProblems(pods: readonly KubernetesObject[]): PodProblem[] {
  return [...livePods(pods)]
    .sort((a, b) => a.metadata.name.localeCompare(b.metadata.name))
    .flatMap(problemsOf);
}

function problemsOf(pod: KubernetesObject): PodProblem[] {
  const { name } = pod.metadata;
  const { conditions, containerStatuses, initContainerStatuses } =
    podStatus(pod);
  const unschedulable = (conditions ?? [])
    .filter(
      ({ type, status, reason }) =>
        type === 'PodScheduled' &&
        status === 'False' &&
        reason === 'Unschedulable',
    )
    .map(({ message }) => ({
      pod: name,
      reason: 'Unschedulable' as const,
      message: sentence('no node can take it', message),
    }));
  const statuses = [
    ...(initContainerStatuses ?? []),
    ...(containerStatuses ?? []),
  ];
  return [
    ...unschedulable,
    ...statuses.flatMap(status => containerProblems(name, status)),
  ];
}

function containerProblems(pod: string, status: ContainerStatus): PodProblem[] {
  const { name, state, lastState, restartCount = 0 } = status;
  const problems: PodProblem[] = [];
  const reason = WAITING_REASONS[state?.waiting?.reason ?? ''];
  if (reason) {
    problems.push({
      pod,
      reason,
      message: sentence(
        `container ${name} waits (${state?.waiting?.reason})`,
        state?.waiting?.message,
      ),
    });
  }
  const killed = [state, lastState].some(
    one => one?.terminated?.reason === 'OOMKilled',
  );
  if (killed) {
    problems.push({
      pod,
      reason: 'OOMKilled',
      message: `container ${name} used more memory than its limit and was killed (${restartCount} restarts)`,
    });
  }
  return problems;
}

function sentence(what: string, message: string | undefined): string {
  if (!message) return what;
  const line = message.replace(/\s+/g, ' ').trim();
  return `${what}: ${line}`.slice(0, MESSAGE_LENGTH);
}
