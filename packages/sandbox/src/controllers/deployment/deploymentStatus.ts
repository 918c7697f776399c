import { Clock, timestamp } from '../../clock';
import { ApiObject } from '../../kubernetes-api';
import { resolveShare } from './planRollingUpdate';
import { OwnedSets } from './replicaSets';

interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
  readonly lastUpdateTime: string;
  readonly lastTransitionTime: string;
}

/**
 * The DeploymentStatus for its ReplicaSets. Counters that are 0 are absent, as
 * the real API server leaves them out.
 */
export function deploymentStatus(
  deployment: ApiObject,
  { newSet, oldSets }: OwnedSets,
  clock: Clock,
): any {
  const { spec, metadata, status: before = {} } = deployment;
  const sets = newSet ? [newSet, ...oldSets] : oldSets;
  const sum = (field: string) =>
    sets.reduce((total, set) => total + (set.status?.[field] ?? 0), 0);
  const replicas = sum('replicas');
  const available = sum('availableReplicas');
  const updated = newSet?.status?.replicas ?? 0;
  const counts = {
    replicas: replicas || undefined,
    updatedReplicas: updated || undefined,
    readyReplicas: sum('readyReplicas') || undefined,
    availableReplicas: available || undefined,
    unavailableReplicas: Math.max(0, spec.replicas - available) || undefined,
  };
  const complete =
    updated === spec.replicas &&
    replicas === spec.replicas &&
    available === spec.replicas;
  return {
    observedGeneration: metadata.generation,
    ...counts,
    conditions: [
      availableCondition(deployment, available, clock),
      progressingCondition(deployment, newSet, complete, counts, before, clock),
    ],
  };
}

/** When the Progressing condition will say that the deadline has passed; undefined when it cannot. */
export function progressDeadlineAt(status: any, spec: any): number | undefined {
  const last = conditionOf(status, 'Progressing');
  return last?.reason === 'ReplicaSetUpdated'
    ? Date.parse(last.lastUpdateTime) + spec.progressDeadlineSeconds * 1000
    : undefined;
}

function availableCondition(
  { spec, status }: ApiObject,
  available: number,
  clock: Clock,
): Condition {
  const share = spec.strategy.rollingUpdate?.maxUnavailable ?? 0;
  const least = spec.replicas - resolveShare(share, spec.replicas, Math.floor);
  return condition(
    status,
    available >= least
      ? {
          type: 'Available',
          status: 'True',
          reason: 'MinimumReplicasAvailable',
          message: 'Deployment has minimum availability.',
        }
      : {
          type: 'Available',
          status: 'False',
          reason: 'MinimumReplicasUnavailable',
          message: 'Deployment does not have minimum availability.',
        },
    false,
    clock,
  );
}

function progressingCondition(
  { spec, status, metadata }: ApiObject,
  newSet: ApiObject | undefined,
  complete: boolean,
  counts: Record<string, number | undefined>,
  before: any,
  clock: Clock,
): Condition {
  const about = newSet
    ? `ReplicaSet "${newSet.metadata.name}"`
    : `Deployment "${metadata.name}"`;
  const type = 'Progressing';
  if (complete) {
    const done = {
      type,
      status: 'True' as const,
      reason: 'NewReplicaSetAvailable',
      message: `${about} has successfully progressed.`,
    };
    return condition(status, done, false, clock);
  }
  const changed =
    before.observedGeneration !== metadata.generation ||
    ['replicas', 'updatedReplicas', 'readyReplicas', 'availableReplicas'].some(
      field => before[field] !== counts[field],
    );
  const deadline = progressDeadlineAt(before, spec);
  const last = conditionOf(before, type);
  const exceeded =
    !changed &&
    !spec.paused &&
    (last?.reason === 'ProgressDeadlineExceeded' ||
      (deadline !== undefined && clock.now() >= deadline));
  return condition(
    status,
    exceeded
      ? {
          type,
          status: 'False',
          reason: 'ProgressDeadlineExceeded',
          message: `${about} has timed out progressing.`,
        }
      : {
          type,
          status: 'True',
          reason: 'ReplicaSetUpdated',
          message: `${about} is progressing.`,
        },
    changed,
    clock,
  );
}

/** A condition whose times move only when it, or what it is about, changes. */
function condition(
  status: any,
  next: Pick<Condition, 'type' | 'status' | 'reason' | 'message'>,
  touched: boolean,
  clock: Clock,
): Condition {
  const now = timestamp(clock);
  const before = conditionOf(status, next.type);
  const same =
    before?.status === next.status && before.reason === next.reason && !touched;
  return {
    ...next,
    lastUpdateTime: same ? before!.lastUpdateTime : now,
    lastTransitionTime:
      before?.status === next.status ? before.lastTransitionTime : now,
  };
}

function conditionOf(status: any, type: string): Condition | undefined {
  return status?.conditions?.find((entry: Condition) => entry.type === type);
}
