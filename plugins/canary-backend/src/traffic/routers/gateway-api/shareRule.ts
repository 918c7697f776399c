import { ConflictError, InputError } from '@backstage/errors';
import { JsonObject } from 'backstage-plugin-canary-common';
import { shareOf } from '../../../rollout/percent';
import {
  backendsOf,
  isCanary,
  isStable,
  RouteServices,
  sumWeights,
  weightOf,
} from './backends';
import { OriginalRule } from './originalRules';
import {
  backendRefsOf,
  totalsOf,
  weightsOfStableAlone,
  withBackendRefs,
} from './backendRefs';
import { isProportional, splitWeights } from './splitWeights';

/** How much of a rule's stable traffic goes to the canary. */
export interface RuleShare {
  /** Percent, two decimals; undefined when the rule sends nothing to either. */
  readonly percent?: number;
  /** Some weight is nothing the API would take; `percent` is then the worst case. */
  readonly unreadable: boolean;
}

/** Reads a rule's share, never understating it. */
export function readShare(
  rule: JsonObject,
  services: RouteServices,
): RuleShare {
  const backends = backendsOf(rule);
  const canary = sumWeights(backends.filter(one => isCanary(one, services)));
  const stable = sumWeights(backends.filter(one => isStable(one, services)));
  const unreadable = backends.some(one => weightOf(one) === undefined);
  if (canary === 0) {
    return { percent: stable === 0 ? undefined : 0, unreadable };
  }
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
  services: RouteServices,
  original: OriginalRule | undefined,
  percent: number | 'absent',
  label: string,
): JsonObject {
  const { backendRefs, foreignRefs } = backendRefsOf(rule, services);
  const present =
    foreignRefs.length > 0 || backendRefs.some(backendRef => backendRef.canary);
  if (percent === 'absent' && !present) return rule;

  const totals = totalsOf(backendRefs, foreignRefs);
  if (!totals) {
    if (percent !== 'absent' && percent > 0) {
      throw new ConflictError(
        `${label} has weights that are no integers from 0 to 1000000; put them right first`,
      );
    }
    return withBackendRefs(
      rule,
      services,
      backendRefs,
      percent,
      weightsOfStableAlone(backendRefs),
    );
  }
  const known = original?.backends.map(({ weight }) => weight ?? 1);
  const base = known && isProportional(totals, known) ? known : totals;
  const split = splitWeights(
    base,
    backendRefs.map(backendRef => backendRef.stable),
    percent === 'absent' ? 0 : percent,
  );
  if (!split) {
    throw new InputError(
      `${label} cannot give ${percent} % to ${
        services.canaryService
      }: beside its other weights (${totals.join(
        ', ',
      )}) that takes more than 1000000; use smaller weights or whole percents`,
    );
  }
  return withBackendRefs(rule, services, backendRefs, percent, {
    ...split,
    original: original?.backends.map(({ weight }) => weight),
  });
}

/** A rule that refers to the canary where only we may, with the stable in its place. */
export function withoutForeignRefs(
  rule: JsonObject,
  services: RouteServices,
): JsonObject {
  return {
    ...rule,
    backendRefs: backendsOf(rule).map(backend =>
      isCanary(backend, services)
        ? { ...backend, name: services.stableService }
        : backend,
    ),
  };
}
