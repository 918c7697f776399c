import { isDeepStrictEqual } from 'node:util';
import { JsonObject, JsonValue } from 'backstage-plugin-canary-common';
import { asList, asObjects } from '../../json';
import {
  backendsOf,
  isCanary,
  namesStable,
  RouteServices,
  weightOf,
} from './backends';

/** A rule that names the stable Service, as it was at the start. */
export interface OriginalRule {
  readonly matches: readonly JsonValue[];
  /** Whether it had a list of filters, which an empty one does not replace. */
  readonly filters: boolean;
  /** Its backends in order; `weight: null` is a weight that was not said. */
  readonly backends: readonly {
    readonly name: string;
    readonly weight: number | null;
  }[];
}

/** What a rollout keeps of the rules it is going to share, as JSON. */
export function recordRules(
  rules: readonly JsonObject[],
  services: RouteServices,
): readonly JsonObject[] {
  return rules
    .filter(rule => namesStable(rule, services))
    .map(rule => ({
      matches: asList(rule.matches),
      filters: Array.isArray(rule.filters),
      backends: backendsOf(rule).map(backend => ({
        name: identityOf(backend, services),
        weight: backend.weight === undefined ? null : weightOf(backend) ?? 0,
      })),
    }));
}

/** Reads back what `recordRules` wrote. */
export function originalRulesOf(original: JsonObject): readonly OriginalRule[] {
  return asObjects(original.rules) as unknown as readonly OriginalRule[];
}

/**
 * The record of a rule. Rules have no name that every version of the API keeps,
 * and people move them: a rule is known by its backends, and among rules with
 * the same backends by its matches.
 */
export function originalRuleOf(
  rule: JsonObject,
  original: readonly OriginalRule[],
  services: RouteServices,
): OriginalRule | undefined {
  const names = backendsOf(rule)
    .filter(backend => !isCanary(backend, services))
    .map(backend => identityOf(backend, services));
  const alike = original.filter(one =>
    isDeepStrictEqual(
      one.backends.map(({ name }) => name),
      names,
    ),
  );
  return (
    alike.find(one => isDeepStrictEqual(one.matches, asList(rule.matches))) ??
    alike[0]
  );
}

function identityOf(backend: JsonObject, { namespace }: RouteServices): string {
  const { group = '', kind = 'Service', name, port } = backend;
  return JSON.stringify([
    group,
    kind,
    backend.namespace ?? namespace,
    name,
    port ?? null,
  ]);
}
