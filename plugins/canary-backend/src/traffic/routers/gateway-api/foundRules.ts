import { isDeepStrictEqual } from 'node:util';
import { JsonObject, JsonValue } from 'backstage-plugin-canary-common';
import { asList, asObjects } from '../../json';
import { backendsOf, isCanary, namesStable, Sides, weightOf } from './backends';

/** A rule that names the stable Service, as it was at the start. */
export interface FoundRule {
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
  sides: Sides,
): readonly JsonObject[] {
  return rules
    .filter(rule => namesStable(rule, sides))
    .map(rule => ({
      matches: asList(rule.matches),
      filters: Array.isArray(rule.filters),
      backends: backendsOf(rule).map(backend => ({
        name: identityOf(backend, sides),
        weight: backend.weight === undefined ? null : weightOf(backend) ?? 0,
      })),
    }));
}

/** Reads back what `recordRules` wrote. */
export function foundRulesOf(found: JsonObject): readonly FoundRule[] {
  return asObjects(found.rules) as unknown as readonly FoundRule[];
}

/**
 * The record of a rule. Rules have no name that every version of the API keeps,
 * and people move them: a rule is known by its backends, and among rules with
 * the same backends by its matches.
 */
export function foundRuleOf(
  rule: JsonObject,
  found: readonly FoundRule[],
  sides: Sides,
): FoundRule | undefined {
  const names = backendsOf(rule)
    .filter(backend => !isCanary(backend, sides))
    .map(backend => identityOf(backend, sides));
  const alike = found.filter(one =>
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

function identityOf(backend: JsonObject, { namespace }: Sides): string {
  const { group = '', kind = 'Service', name, port } = backend;
  return JSON.stringify([
    group,
    kind,
    backend.namespace ?? namespace,
    name,
    port ?? null,
  ]);
}
