import { ConflictError, InputError } from '@backstage/errors';
import { JsonObject } from 'backstage-plugin-canary-common';
import {
  backendsOf,
  isCanary,
  isStable,
  MAX_WEIGHT,
  Sides,
  sumWeights,
  weighted,
  weightOf,
} from './backends';
import { FoundRule } from './foundRules';
import { isProportional, shareOf, splitWeights } from './splitWeights';

/** A backend of the rule's own, and the canary's beside it where it is the stable. */
interface Seat {
  readonly backend: JsonObject;
  readonly at: number;
  readonly stable: boolean;
  readonly canary?: Placed;
}

/** A backend and its place among the rule's. */
interface Placed {
  readonly backend: JsonObject;
  readonly at: number;
}

/** How much of a rule's stable traffic goes to the canary. */
export interface RuleShare {
  /** Percent, two decimals; undefined when the rule sends nothing to either. */
  readonly percent?: number;
  /** Some weight is nothing the API would take; `percent` is then the worst case. */
  readonly unreadable: boolean;
}

/** Reads a rule's share, never understating it. */
export function readShare(rule: JsonObject, sides: Sides): RuleShare {
  const backends = backendsOf(rule);
  const canary = sumWeights(backends.filter(one => isCanary(one, sides)));
  const stable = sumWeights(backends.filter(one => isStable(one, sides)));
  const unreadable = backends.some(one => weightOf(one) === undefined);
  if (canary === 0)
    return { percent: stable === 0 ? undefined : 0, unreadable };
  if (canary === undefined || stable === undefined) {
    return { percent: 100, unreadable };
  }
  return { percent: shareOf(canary, stable + canary), unreadable };
}

/**
 * A rule that names the stable Service, with the canary beside it at so many
 * percent, or without it. `label` names the rule in messages.
 *
 * The live proportions between the backends are what is split, not the recorded
 * ones: a share that somebody gave to another backend meanwhile is theirs. The
 * record says in which numbers to write them, absence included, as long as the
 * proportions are still those.
 *
 * @throws InputError when the share cannot be said in integer weights;
 * ConflictError when somebody made the weights unreadable and the share is not 0.
 */
export function shareRule(
  rule: JsonObject,
  sides: Sides,
  found: FoundRule | undefined,
  percent: number | 'absent',
  label: string,
): JsonObject {
  const { seats, strays } = seatsOf(rule, sides);
  const present = strays.length > 0 || seats.some(seat => seat.canary);
  if (percent === 'absent' && !present) return rule;

  const totals = totalsOf(seats, strays);
  if (!totals) {
    if (percent !== 'absent' && percent > 0) {
      throw new ConflictError(
        `${label} has weights that are no integers from 0 to 1000000; put them right first`,
      );
    }
    return seated(rule, sides, seats, percent, giveBack(seats));
  }
  const known = found?.backends.map(({ weight }) => weight ?? 1);
  const base = known && isProportional(totals, known) ? known : totals;
  const split = splitWeights(
    base,
    seats.map(seat => seat.stable),
    percent === 'absent' ? 0 : percent,
  );
  if (!split) {
    throw new InputError(
      `${label} cannot give ${percent} % to ${
        sides.canaryService
      }: beside its other weights (${totals.join(
        ', ',
      )}) that takes more than 1000000; use smaller weights or whole percents`,
    );
  }
  return seated(rule, sides, seats, percent, {
    ...split,
    found: found?.backends.map(({ weight }) => weight),
  });
}

/** Backends of a foreign rule that name the canary where nobody but us may: they become the stable's. */
export function handBack(rule: JsonObject, sides: Sides): JsonObject {
  return {
    ...rule,
    backendRefs: backendsOf(rule).map(backend =>
      isCanary(backend, sides)
        ? { ...backend, name: sides.stableService }
        : backend,
    ),
  };
}

/** Seats in the rule's order; canary backends beside no stable of their port are strays. */
function seatsOf(
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
function totalsOf(
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
function giveBack(seats: readonly Seat[]): Weights {
  return {
    own: seats.map(seat =>
      seat.canary ? sumWeights(withCanary(seat)) : undefined,
    ),
    canary: seats.map(() => 0),
  };
}

interface Weights {
  /** Undefined leaves a backend as it is. */
  readonly own: readonly (number | undefined)[];
  readonly canary: readonly number[];
  readonly found?: readonly (number | null)[];
}

/** The rule with these weights; a canary that is new goes to the end, so that nobody's index moves. */
function seated(
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
