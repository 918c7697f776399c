import { isDeepStrictEqual } from 'node:util';
import { InputError } from '@backstage/errors';
import {
  HeaderRoute,
  JsonObject,
  JsonValue,
} from 'backstage-plugin-canary-common';
import { asObject, asObjects, omitKey } from '../../json';
import { backendsOf, isCanary, isStable, RouteServices } from './backends';

/** A rule of ours that sends requests with a header to the canary. */
export interface HeaderRule {
  readonly header: string;
  readonly value: string;
  /** The matches of the rule it was made from. */
  readonly matches: readonly JsonObject[];
}

/**
 * Reads a rule of ours, given the matches of every rule that names the stable.
 *
 * Rule names exist only in newer versions of the Gateway API, older ones drop
 * them silently, so a rule of ours is known by what it does: it sends to the
 * canary's Service alone, whose name belongs to the rollout, and its matches
 * are those of a rule of the stable's, each with one header more at its end.
 * A rule that only looks alike (somebody took the stable out of it) is not ours.
 */
export function readHeaderRule(
  rule: JsonObject,
  services: RouteServices,
  stableMatches: readonly (readonly JsonObject[])[],
): HeaderRule | undefined {
  const backends = backendsOf(rule);
  if (backends.length === 0) return undefined;
  if (!backends.every(backend => isCanary(backend, services))) return undefined;

  const own = matchesOf(rule).map(match => asObjects(match.headers).at(-1));
  const { name: header, value, type = 'Exact' } = own[0] ?? {};
  if (typeof header !== 'string' || typeof value !== 'string') return undefined;
  const same = own.every(one => one?.name === header && one.value === value);
  if (!same || type !== 'Exact') return undefined;

  const matches = matchesOf(rule).map(withoutLastHeader);
  const source = stableMatches.find(one => areSameMatches(one, matches));
  return source && { header, value, matches: source };
}

/**
 * A copy of a rule for the requests that carry a header, with all of them going
 * to the canary. It stands behind all others and still wins over its source:
 * more headers are more specific.
 *
 * @throws InputError when the rule matches on that header already, which the
 * API allows only once. `label` names the rule.
 */
export function headerRuleOf(
  rule: JsonObject,
  { header, value }: HeaderRoute,
  services: RouteServices,
  label: string,
): JsonObject {
  const taken = matchesOf(rule)
    .flatMap(match => asObjects(match.headers))
    .some(({ name }) => String(name).toLowerCase() === header.toLowerCase());
  if (taken) {
    throw new InputError(
      `${label} matches on the header ${header} already; take another one for the header route`,
    );
  }
  return {
    // Names of rules are unique within a route.
    ...omitKey(rule, 'name'),
    matches: matchesOf(rule).map(match => ({
      ...match,
      headers: [
        ...asObjects(match.headers),
        { type: 'Exact', name: header, value },
      ],
    })),
    backendRefs: backendsOf(rule)
      .filter(backend => isStable(backend, services))
      .map(backend => ({ ...backend, name: services.canaryService })),
  };
}

/** A rule's matches; one without any matches everything. */
export function matchesOf(rule: JsonObject): readonly JsonObject[] {
  const matches = asObjects(rule.matches);
  return matches.length > 0 ? matches : [{}];
}

/** Whether two lists of matches say the same, with the API's defaults filled in or not. */
export function areSameMatches(
  a: readonly JsonObject[],
  b: readonly JsonObject[],
): boolean {
  return isDeepStrictEqual(a.map(withoutDefaults), b.map(withoutDefaults));
}

const MATCH_ALL: JsonValue = { type: 'PathPrefix', value: '/' };

function withoutDefaults(match: JsonObject): JsonObject {
  const path = asObject(match.path);
  return isDeepStrictEqual({ ...path }, MATCH_ALL)
    ? omitKey(match, 'path')
    : { ...match };
}

function withoutLastHeader(match: JsonObject): JsonObject {
  const headers = asObjects(match.headers).slice(0, -1);
  return headers.length > 0 ? { ...match, headers } : omitKey(match, 'headers');
}
