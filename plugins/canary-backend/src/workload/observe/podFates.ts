import { KubernetesObject } from 'backstage-plugin-canary-node';
import { PodFate } from '../../rollout';
import { waitsInVain } from './podProblems';
import { ContainerStatus, podStatus, PodStatus } from './pods';

/**
 * Why the cluster ended a pod, as it writes it into `status.reason` of a failed
 * one. `OutOfcpu` and the like are a node's refusal to take it after all.
 */
const TAKEN_AWAY =
  /^(Evicted|Preempt(ed|ing)|NodeLost|NodeShutdown|Shutdown|Terminated|NodeAffinity|OutOf\w+)$/;

/** A kubelet evicts for limits that the pod itself has used up, too; no other node would help. */
const OWN_LIMIT = /exceed(s|ed) (the|its) [a-z -]*limit/i;

const MESSAGE_LENGTH = 200;

/** What is becoming of each pod, those at their end included, in the order of their names. */
export function podFates(pods: readonly KubernetesObject[]): PodFate[] {
  return [...pods]
    .sort((a, b) => a.metadata.name.localeCompare(b.metadata.name))
    .map(pod => ({
      uid: pod.metadata.uid ?? pod.metadata.name,
      name: pod.metadata.name,
      ...fateOf(pod),
    }));
}

function fateOf(pod: KubernetesObject): Pick<PodFate, 'state' | 'why'> {
  const status = podStatus(pod);
  if (isUnableToRun(status)) return { state: 'failing' };
  const why = takenAwayBy(status);
  if (why !== undefined) {
    return OWN_LIMIT.test(why)
      ? { state: 'failing' }
      : { state: 'disrupted', why };
  }
  // What stops because it was told to ends with whatever its process returns.
  if (pod.metadata.deletionTimestamp) return { state: 'terminating' };
  if (status.phase === 'Failed' || hasCrashed(status)) {
    return isReady(status) ? { state: 'ready' } : { state: 'failing' };
  }
  if (isReady(status)) return { state: 'ready' };
  return isNodeLost(status)
    ? { state: 'disrupted', why: 'its node does not answer' }
    : { state: 'starting' };
}

/** Its image, its configuration or its own crashes keep it from running. */
function isUnableToRun(status: PodStatus): boolean {
  return containersOf(status).some(one => waitsInVain(one) !== undefined);
}

function hasCrashed(status: PodStatus): boolean {
  return containersOf(status).some(
    ({ restartCount = 0, state, lastState }) =>
      restartCount > 0 ||
      [state, lastState].some(one => (one?.terminated?.exitCode ?? 0) !== 0),
  );
}

/** Who took it away, where the cluster says so. */
function takenAwayBy({
  phase,
  reason = '',
  message,
  conditions = [],
}: PodStatus): string | undefined {
  // Since Kubernetes 1.26 whoever disrupts a pod says so before it ends.
  const target = conditions.find(
    ({ type, status }) => type === 'DisruptionTarget' && status === 'True',
  );
  const told = target ?? { reason, message };
  const isTaken =
    target !== undefined || (phase === 'Failed' && TAKEN_AWAY.test(reason));
  if (!isTaken) return undefined;
  const line = (message ?? told.message ?? '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.$/, '');
  return [told.reason || 'DisruptionTarget', line]
    .filter(Boolean)
    .join(': ')
    .slice(0, MESSAGE_LENGTH);
}

function isReady({ phase, conditions = [] }: PodStatus): boolean {
  return (
    phase !== 'Failed' &&
    conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
  );
}

/**
 * A node that falls silent cannot say that its pods are not ready: Kubernetes
 * says it for the node, and leaves everything else as the node said it last. A
 * probe that fails, or a readiness gate, gives a reason.
 */
function isNodeLost({ conditions = [] }: PodStatus): boolean {
  const of = (wanted: string) => conditions.find(({ type }) => type === wanted);
  const ready = of('Ready');
  return (
    ready?.status === 'False' &&
    !ready.reason &&
    of('ContainersReady')?.status === 'True'
  );
}

function containersOf({
  initContainerStatuses = [],
  containerStatuses = [],
}: PodStatus): readonly ContainerStatus[] {
  return [...initContainerStatuses, ...containerStatuses];
}
