import { KubernetesObject } from 'backstage-plugin-canary-node';
import { PodProblem } from '../../rollout';
import { ContainerStatus, livePods, podStatus } from './pods';
import { shortSentence } from './shortSentence';

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

/** Why a container is not even started, or not again; undefined while it is on its way. */
export function waitsInVain({
  state,
}: ContainerStatus): PodProblem['reason'] | undefined {
  return WAITING_REASONS[state?.waiting?.reason ?? ''];
}

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
      message: shortSentence('no node can take it', message),
    }));
  const statuses = containerStatuses ?? [];
  return [
    ...unschedulable,
    ...[...(initContainerStatuses ?? []), ...statuses].flatMap(status =>
      containerProblems(name, status),
    ),
    ...statuses.flatMap(status => probeProblems(name, status)),
  ];
}

function containerProblems(pod: string, status: ContainerStatus): PodProblem[] {
  const { name, state, lastState, restartCount = 0 } = status;
  const problems: PodProblem[] = [];
  const reason = waitsInVain(status);
  if (reason) {
    problems.push({
      pod,
      reason,
      message: shortSentence(
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
  const ended = lastState?.terminated;
  if (ended && !killed && restartCount > 0) {
    problems.push({
      pod,
      reason: 'Restarted',
      message: shortSentence(
        `container ${name} was restarted ${restartCount} times, last after exit code ${ended.exitCode}`,
        ended.message ?? ended.reason,
      ),
    });
  }
  return problems;
}

function probeProblems(
  pod: string,
  { name, state, ready, started }: ContainerStatus,
): PodProblem[] {
  if (!state?.running || ready !== false) return [];
  const probe = started === false ? 'startup' : 'readiness';
  const message = `container ${name} runs, and its ${probe} probe does not pass`;
  return [{ pod, reason: 'NotReady', message }];
}
