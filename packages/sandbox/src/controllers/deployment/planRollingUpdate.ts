/** A ReplicaSet as the plan sees it. */
export interface SetView {
  readonly name: string;
  /** What it is asked for. */
  readonly replicas: number;
  /** How many of its pods are available. */
  readonly available: number;
}

/** New `spec.replicas` of one ReplicaSet. */
export interface Scaling {
  readonly name: string;
  readonly replicas: number;
}

/** A count, or a percentage of `desired`. */
export function resolveShare(
  share: number | string,
  desired: number,
  round: (value: number) => number,
): number {
  return typeof share === 'number'
    ? share
    : round((parseFloat(share) * desired) / 100);
}

/**
 * One step of a rolling update, as the deployment controller takes it: first
 * the new set grows into the surge, then old sets shrink, those of their pods
 * that are not available first, never below `desired - maxUnavailable`
 * available pods in all.
 */
export function planRollingUpdate(input: {
  readonly desired: number;
  readonly maxSurge: number;
  readonly maxUnavailable: number;
  readonly newSet: SetView;
  readonly oldSets: readonly SetView[];
}): Scaling[] {
  const { desired, newSet, oldSets } = input;
  const maxUnavailable =
    input.maxSurge === 0 && input.maxUnavailable === 0
      ? 1
      : input.maxUnavailable;
  const total = sum(oldSets, set => set.replicas) + newSet.replicas;

  if (newSet.replicas > desired) {
    return [{ name: newSet.name, replicas: desired }];
  }
  const room = desired + input.maxSurge - total;
  const grow = Math.min(desired - newSet.replicas, room);
  if (grow > 0) {
    return [{ name: newSet.name, replicas: newSet.replicas + grow }];
  }

  const minAvailable = desired - maxUnavailable;
  const newUnavailable = newSet.replicas - newSet.available;
  let mayGo = total - minAvailable - newUnavailable;
  let available = sum(oldSets, set => set.available) + newSet.available;
  const scalings: Scaling[] = [];
  for (const set of oldSets) {
    const unavailable = Math.min(
      set.replicas - set.available,
      Math.max(0, mayGo),
    );
    const spare = Math.max(0, available - minAvailable);
    const healthy = Math.min(
      set.available,
      spare,
      Math.max(0, mayGo - unavailable),
    );
    if (unavailable + healthy > 0) {
      mayGo -= unavailable + healthy;
      available -= healthy;
      scalings.push({
        name: set.name,
        replicas: set.replicas - unavailable - healthy,
      });
    }
  }
  return scalings;
}

function sum(
  sets: readonly SetView[],
  value: (set: SetView) => number,
): number {
  return sets.reduce((total, set) => total + value(set), 0);
}
