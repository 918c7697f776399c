import { JsonObject } from 'backstage-plugin-canary-common';
import { hundredthsOf, shareOf } from '../../../rollout/percent';
import { asObject, asObjects, omitKey } from '../../json';
import { backendsOf, isStable, serviceOf, RouteServices } from './backends';

/** Percent of a rule's requests that are copied to the canary; 0 without a mirror. */
export function readMirror(rule: JsonObject, services: RouteServices): number {
  const percents = mirrorsOf(rule, services).map(percentOf);
  return Math.min(
    100,
    percents.reduce((a, b) => a + b, 0),
  );
}

/** The rule with exactly one mirror of so many percent to the canary, or with none at 0. */
export function withMirror(
  rule: JsonObject,
  services: RouteServices,
  percent: number,
  hadFilters: boolean,
): JsonObject {
  const ours = mirrorsOf(rule, services);
  const wanted = percent > 0 ? 1 : 0;
  if (ours.length === wanted && readMirror(rule, services) === percent) {
    return rule;
  }
  const others = asObjects(rule.filters).filter(
    filter => !ours.includes(filter),
  );
  const filters = wanted
    ? [...others, mirrorOf(rule, services, percent)]
    : others;
  return filters.length > 0 || hadFilters
    ? { ...rule, filters }
    : omitKey(rule, 'filters');
}

function mirrorsOf(
  rule: JsonObject,
  services: RouteServices,
): readonly JsonObject[] {
  return asObjects(rule.filters).filter(filter => {
    const backend = asObject(asObject(filter.requestMirror)?.backendRef);
    return (
      backend &&
      serviceOf(backend, services.namespace) === services.canaryService
    );
  });
}

function mirrorOf(
  rule: JsonObject,
  services: RouteServices,
  percent: number,
): JsonObject {
  const { port } = backendsOf(rule).find(one => isStable(one, services)) ?? {};
  const backendRef = {
    name: services.canaryService,
    ...(port !== undefined && { port }),
  };
  return {
    type: 'RequestMirror',
    requestMirror: { backendRef, ...share(percent) },
  };
}

/** Said only below 100 %, so that versions of the API without shares can mirror everything. */
function share(percent: number): JsonObject {
  if (percent >= 100) return {};
  if (Number.isInteger(percent)) return { percent };
  const numerator = hundredthsOf(percent);
  return { fraction: { numerator, denominator: 10_000 } };
}

/** What cannot be read counts as everything: exposure is never understated. */
function percentOf(filter: JsonObject): number {
  const mirror = asObject(filter.requestMirror) ?? {};
  const { numerator, denominator = 100 } = asObject(mirror.fraction) ?? {};
  if (typeof numerator === 'number' && typeof denominator === 'number') {
    const isSound = numerator >= 0 && numerator <= denominator;
    return isSound && denominator > 0 ? shareOf(numerator, denominator) : 100;
  }
  const { percent } = mirror;
  return typeof percent === 'number' && percent >= 0 && percent <= 100
    ? percent
    : 100;
}
