import { InputError } from '@backstage/errors';
import {
  KubernetesObject,
  refOf,
  stringifyObjectRef,
  TrafficRecord,
  TrafficSurroundings,
  TrafficTarget,
} from 'backstage-plugin-canary-node';
import { JsonObject } from 'backstage-plugin-canary-common';
import { serviceSelects } from '../../../kubernetes/objects/selectors';
import {
  backendsOf,
  namesCanary,
  namesStable,
  serviceOf,
  RouteServices,
  sumWeights,
} from './backends';
import { recordRules } from './originalRules';
import { RecordedAcceptance, recordAcceptance } from './acceptance';
import { readMirror } from './mirrorFilter';
import { rulesOf } from './ruleSet';
import { readShare } from './shareRule';

/**
 * Finds the stable Service in a route and records its rules.
 *
 * @throws InputError when the route names none or several Services of the
 * stable's pods, names the canary's already, or gives the stable no traffic, and where no
 * gateway accepts it.
 */
export function resolveRoute(
  route: KubernetesObject,
  target: TrafficTarget,
  surroundings: TrafficSurroundings,
): TrafficRecord {
  const rules = rulesOf(route);
  const stableService = findStable(route, rules, target, surroundings);
  const { namespace, canaryService } = target;
  const services: RouteServices = { namespace, stableService, canaryService };
  refuseRules(route, rules, services);
  const { record, refusals } = recordAcceptance(route);
  refuseUnaccepted(record, refusals);
  return {
    stableService,
    original: { ...record, rules: recordRules(rules, services) },
    warnings: refusals.map(
      refusal => `${refusal}; the rollout does not wait for it.`,
    ),
  };
}

function refuseUnaccepted(
  { reported, accepted }: RecordedAcceptance,
  refusals: readonly string[],
): void {
  if (!reported || accepted?.length) return;
  throw new InputError(
    `${refusals.join('; ')}; no request comes through it until a gateway does`,
  );
}

function findStable(
  route: KubernetesObject,
  rules: readonly JsonObject[],
  { namespace, workload }: TrafficTarget,
  { services, podLabels }: TrafficSurroundings,
): string {
  const named = new Set(
    rules.flatMap(rule =>
      backendsOf(rule).flatMap(one => serviceOf(one, namespace) ?? []),
    ),
  );
  const [stable, ...more] = services
    .filter(({ name }) => named.has(name))
    .filter(service => serviceSelects(service, podLabels))
    .map(({ name }) => name)
    .sort();
  if (stable && more.length === 0) return stable;
  const problem = stable
    ? `sends to several Services that select the pods of ${workload} (${[
        stable,
        ...more,
      ].join(', ')}); let it name one`
    : `names no Service that selects the pods of ${workload}, but ${
        [...named].sort().join(', ') || 'no Service at all'
      }; name its route in traffic.route`;
  throw new InputError(`${stringifyObjectRef(refOf(route))} ${problem}`);
}

function refuseRules(
  route: KubernetesObject,
  rules: readonly JsonObject[],
  services: RouteServices,
): void {
  const { stableService, canaryService } = services;
  if (
    rules.some(
      one => namesCanary(one, services) || readMirror(one, services) > 0,
    )
  ) {
    throw new InputError(
      `${stringifyObjectRef(
        refOf(route),
      )} sends to Service ${canaryService} already; take that out of it first`,
    );
  }
  const shared = rules.filter(rule => namesStable(rule, services));
  if (shared.some(rule => sumWeights(backendsOf(rule)) === undefined)) {
    throw new InputError(
      `${stringifyObjectRef(
        refOf(route),
      )} has weights beside Service ${stableService} that are no integers from 0 to 1000000; put them right first`,
    );
  }
  if (shared.every(rule => readShare(rule, services).percent === undefined)) {
    throw new InputError(
      `${stringifyObjectRef(
        refOf(route),
      )} gives Service ${stableService} the weight 0 in every rule, so there is no traffic to split`,
    );
  }
}
