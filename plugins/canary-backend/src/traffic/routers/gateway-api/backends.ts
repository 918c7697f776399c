import { JsonObject } from 'backstage-plugin-canary-common';
import { asObjects, omitKey } from '../../json';

/** The two Services of a rollout, as a route's backends name them. */
export interface RouteServices {
  readonly namespace: string;
  readonly stableService: string;
  readonly canaryService: string;
}

/** The Gateway API's bounds of a weight. */
export const MAX_WEIGHT = 1_000_000;

/** The backends of one rule, in their order. */
export function backendsOf(rule: JsonObject): readonly JsonObject[] {
  return asObjects(rule.backendRefs);
}

/** The Service a backend names in this namespace; undefined for other kinds and namespaces. */
export function serviceOf(
  backend: JsonObject,
  namespace: string,
): string | undefined {
  const { group = '', kind = 'Service', name } = backend;
  const here = (backend.namespace ?? namespace) === namespace;
  return group === '' && kind === 'Service' && here && typeof name === 'string'
    ? name
    : undefined;
}

/** Whether a backend is the stable Service. */
export function isStable(
  backend: JsonObject,
  services: RouteServices,
): boolean {
  return serviceOf(backend, services.namespace) === services.stableService;
}

/** Whether a backend is the canary Service, whose name is ours alone. */
export function isCanary(
  backend: JsonObject,
  services: RouteServices,
): boolean {
  return serviceOf(backend, services.namespace) === services.canaryService;
}

/** Whether a rule names the stable Service, with whatever weight. */
export function namesStable(
  rule: JsonObject,
  services: RouteServices,
): boolean {
  return backendsOf(rule).some(backend => isStable(backend, services));
}

/** Whether a rule names the canary Service, with whatever weight. */
export function namesCanary(
  rule: JsonObject,
  services: RouteServices,
): boolean {
  return backendsOf(rule).some(backend => isCanary(backend, services));
}

/** A backend's weight, 1 where absent; undefined for what the API would not take. */
export function weightOf({ weight = 1 }: JsonObject): number | undefined {
  return typeof weight === 'number' &&
    Number.isInteger(weight) &&
    weight >= 0 &&
    weight <= MAX_WEIGHT
    ? weight
    : undefined;
}

/** The same backend with a weight. One that has it already, said or not, stays as it is. */
export function weighted(
  backend: JsonObject,
  weight: number,
  original?: number | null,
): JsonObject {
  // Absence was found where the weight is 1: absence is put back.
  if (weight === 1 && original === null) return omitKey(backend, 'weight');
  return weightOf(backend) === weight ? backend : { ...backend, weight };
}

/** Weights as a sum; undefined as soon as one cannot be read. */
export function sumWeights(
  backends: readonly JsonObject[],
): number | undefined {
  return backends.reduce<number | undefined>((sum, backend) => {
    const weight = weightOf(backend);
    return sum === undefined || weight === undefined ? undefined : sum + weight;
  }, 0);
}
