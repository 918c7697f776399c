import { JsonObject } from 'backstage-plugin-canary-common';
import {
  backendsOf,
  isCanary,
  isStable,
  MAX_WEIGHT,
  Sides,
  sumWeights,
  weighted,
} from './backends';

/** A backend of the rule's own, and the canary's beside it where it is the stable. */
export interface Seat {
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

/** Seats in the rule's order; canary backends beside no stable of their port are strays. */
export function seatsOf(
  rule: JsonObject,
  sides: Sides,
): { readonly seats: readonly Seat[]; readonly strays: readonly Placed[] } {
  const placed = backendsOf(rule).map((backend, at) => ({ backend, at }));
  const free = placed.filter(({ backend }) => isCanary(backend, sides));
  const seats = placed
    .filter(({ backend }) => !isCanary(backend, sides))
    .map(({ backend, at }) => {
      if (!isStable(backend, sides)) return { backend, at, stable: false };
      const beside = free.findIndex(one => one.backend.port === backend.port);
      const canary = beside < 0 ? undefined : free.splice(beside, 1)[0];
      return { backend, at, stable: true, canary };
    });
  return { seats, strays: free };
}

/** Weight of every seat, the canary's added; undefined when one cannot be read. */
export function totalsOf(
  seats: readonly Seat[],
  strays: readonly Placed[],
): readonly number[] | undefined {
  const first = seats.findIndex(seat => seat.stable);
  const totals = seats.map((seat, i) =>
    sumWeights(withCanary(seat, i === first ? strays : [])),
  );
  return totals.every(total => total !== undefined)
    ? withinBounds(totals as number[])
    : undefined;
}

function withCanary(
  { backend, canary }: Seat,
  strays: readonly Placed[] = [],
): JsonObject[] {
  const beside = canary ? [canary, ...strays] : strays;
  return [backend, ...beside.map(one => one.backend)];
}

/** Two weights that are fine alone may be too much as one; the proportions then stay about the same. */
function withinBounds(totals: readonly number[]): readonly number[] {
  const highest = Math.max(...totals);
  return highest <= MAX_WEIGHT
    ? totals
    : totals.map(total => Math.round((total * MAX_WEIGHT) / highest));
}

/** What can be read goes back to the stable, the rest stays as it is. */
export function giveBack(seats: readonly Seat[]): Weights {
  return {
    own: seats.map(seat =>
      seat.canary ? sumWeights(withCanary(seat)) : undefined,
    ),
    canary: seats.map(() => 0),
  };
}

/** Weights by seat. */
export interface Weights {
  /** Undefined leaves a backend as it is. */
  readonly own: readonly (number | undefined)[];
  readonly canary: readonly number[];
  readonly found?: readonly (number | null)[];
}

/** The rule with these weights; a canary that is new goes to the end, so that nobody's index moves. */
export function seated(
  rule: JsonObject,
  sides: Sides,
  seats: readonly Seat[],
  percent: number | 'absent',
  { own, canary, found }: Weights,
): JsonObject {
  const kept: Placed[] = [];
  const added: JsonObject[] = [];
  seats.forEach((seat, i) => {
    const { backend, at } = seat;
    const weight = own[i];
    kept.push({
      backend:
        weight === undefined ? backend : weighted(backend, weight, found?.[i]),
      at,
    });
    if (!seat.stable || percent === 'absent') return;
    if (seat.canary) {
      kept.push({
        backend: weighted(seat.canary.backend, canary[i]),
        at: seat.canary.at,
      });
    } else {
      const name = sides.canaryService;
      added.push({ ...backend, name, weight: canary[i] });
    }
  });
  kept.sort((a, b) => a.at - b.at);
  return {
    ...rule,
    backendRefs: [...kept.map(({ backend }) => backend), ...added],
  };
}
