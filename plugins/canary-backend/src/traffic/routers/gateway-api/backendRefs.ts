import { JsonObject } from 'backstage-plugin-canary-common';
import {
  backendsOf,
  isCanary,
  isStable,
  MAX_WEIGHT,
  RouteServices,
  sumWeights,
  weighted,
} from './backends';

/** A backend of the rule's own and, where it is the stable, the canary's that stands for it. */
export interface BackendRef {
  readonly backend: JsonObject;
  readonly at: number;
  readonly stable: boolean;
  readonly canary?: Placed;
}

/** A backend and its place among the rule's. */
export interface Placed {
  readonly backend: JsonObject;
  readonly at: number;
}

/**
 * The rule's own backends in their order. Each stable has at most one canary of
 * its port; refs to the canary beyond those are foreign, we never write such.
 */
export function backendRefsOf(
  rule: JsonObject,
  services: RouteServices,
): {
  readonly backendRefs: readonly BackendRef[];
  readonly foreignRefs: readonly Placed[];
} {
  const placed = backendsOf(rule).map((backend, at) => ({ backend, at }));
  const foreignRefs = placed.filter(({ backend }) =>
    isCanary(backend, services),
  );
  const backendRefs = placed
    .filter(({ backend }) => !isCanary(backend, services))
    .map(({ backend, at }) => {
      if (!isStable(backend, services)) return { backend, at, stable: false };
      const own = foreignRefs.findIndex(
        one => one.backend.port === backend.port,
      );
      const canary = own < 0 ? undefined : foreignRefs.splice(own, 1)[0];
      return { backend, at, stable: true, canary };
    });
  return { backendRefs, foreignRefs };
}

/**
 * Weight of each of the rule's own backends, with its canary's; those of foreign
 * refs count for the first stable. Undefined when one cannot be read.
 */
export function totalsOf(
  backendRefs: readonly BackendRef[],
  foreignRefs: readonly Placed[],
): readonly number[] | undefined {
  const first = backendRefs.findIndex(backendRef => backendRef.stable);
  const totals = backendRefs.map((backendRef, i) =>
    sumWeights(withCanary(backendRef, i === first ? foreignRefs : [])),
  );
  return totals.every(total => total !== undefined)
    ? withinBounds(totals as number[])
    : undefined;
}

function withCanary(
  { backend, canary }: BackendRef,
  foreignRefs: readonly Placed[] = [],
): JsonObject[] {
  const beside = canary ? [canary, ...foreignRefs] : foreignRefs;
  return [backend, ...beside.map(one => one.backend)];
}

/** Two weights that are fine alone may be too much as one; the proportions then stay about the same. */
function withinBounds(totals: readonly number[]): readonly number[] {
  const highest = Math.max(...totals);
  return highest <= MAX_WEIGHT
    ? totals
    : totals.map(total => Math.round((total * MAX_WEIGHT) / highest));
}

/** No weight for the canary: what can be read of it is its stable's, the rest stays as it is. */
export function weightsOfStableAlone(
  backendRefs: readonly BackendRef[],
): Weights {
  return {
    own: backendRefs.map(backendRef =>
      backendRef.canary ? sumWeights(withCanary(backendRef)) : undefined,
    ),
    canary: backendRefs.map(() => 0),
  };
}

/** Weights by the rule's own backends. */
export interface Weights {
  /** Undefined leaves a backend as it is. */
  readonly own: readonly (number | undefined)[];
  readonly canary: readonly number[];
  /** As they were at the start; null where none was said. */
  readonly original?: readonly (number | null)[];
}

/** The rule with these weights; a canary that is new goes to the end, so that nobody's index moves. */
export function withBackendRefs(
  rule: JsonObject,
  services: RouteServices,
  backendRefs: readonly BackendRef[],
  percent: number | 'absent',
  { own, canary, original }: Weights,
): JsonObject {
  const kept: Placed[] = [];
  const added: JsonObject[] = [];
  backendRefs.forEach((backendRef, i) => {
    const { backend, at } = backendRef;
    const weight = own[i];
    kept.push({
      backend:
        weight === undefined
          ? backend
          : weighted(backend, weight, original?.[i]),
      at,
    });
    if (!backendRef.stable || percent === 'absent') return;
    if (backendRef.canary) {
      kept.push({
        backend: weighted(backendRef.canary.backend, canary[i]),
        at: backendRef.canary.at,
      });
    } else {
      const name = services.canaryService;
      added.push({ ...backend, name, weight: canary[i] });
    }
  });
  kept.sort((a, b) => a.at - b.at);
  return {
    ...rule,
    backendRefs: [...kept.map(({ backend }) => backend), ...added],
  };
}
