import { InputError } from '@backstage/errors';
import { Exposure, JsonObject } from 'backstage-plugin-canary-common';
import {
  KubernetesObject,
  refOf,
  stringifyObjectRef,
} from 'backstage-plugin-canary-node';
import { isInHundredths } from '../../../rollout/percent';
import { asObject } from '../../json';
import {
  backendsOf,
  isCanary,
  isStable,
  RouteServices,
  weightOf,
} from './backends';
import { matchesOf } from './headerRules';

/** The Gateway API's bounds of a route. */
const MAX_RULES = 16;
const MAX_MATCHES = 128;

/** Requests that another backend shares with the stable must not all reach the canary. */
export function assertStableAlone(
  rule: JsonObject,
  services: RouteServices,
  label: string,
  feature: string,
): void {
  const other = backendsOf(rule).find(
    one =>
      !isStable(one, services) &&
      !isCanary(one, services) &&
      weightOf(one) !== 0,
  );
  if (other) {
    throw new InputError(
      `${label} sends to ${other.name}, too, whose requests ${feature} would take to ${services.canaryService}; give ${services.stableService} a rule of its own`,
    );
  }
}

/** More could be written, but not be read back as the same. */
export function assertDecimals({ weight, mirror }: Exposure): void {
  for (const percent of [weight, mirror?.percent ?? 0]) {
    const sound = percent >= 0 && percent <= 100;
    if (!sound || !isInHundredths(percent)) {
      throw new InputError(
        `${percent} % cannot be asked of a route; use 0 to 100 with at most two decimals`,
      );
    }
  }
}

/** A route has only so many rules and matches. */
export function assertRoom(
  route: KubernetesObject,
  rules: readonly unknown[],
): void {
  const matches = rules.flatMap(rule => matchesOf(asObject(rule) ?? {}));
  if (rules.length > MAX_RULES || matches.length > MAX_MATCHES) {
    throw new InputError(
      `${stringifyObjectRef(refOf(route))} would need ${
        rules.length
      } rules with ${
        matches.length
      } matches for its header routes; the Gateway API takes ${MAX_RULES} rules and ${MAX_MATCHES} matches`,
    );
  }
}
