import { JsonObject } from 'backstage-plugin-canary-common';
import {
  KubernetesObject,
  refOf,
  stringifyObjectRef,
  TrafficRecord,
  TrafficTarget,
} from 'backstage-plugin-canary-node';
import { asList, asObject, asObjects } from '../../json';
import { namesCanary, namesStable, RouteServices } from './backends';
import { OriginalRule, originalRulesOf } from './originalRules';
import { HeaderRule, matchesOf, readHeaderRule } from './headerRules';
import { readMirror } from './mirrorFilter';
import { readShare } from './shareRule';

/** One rule of a route and what it is to the rollout. */
export type RuleView = {
  readonly rule: JsonObject;
  /** `rule 2 of HTTPRoute shop/checkout`, counted from 1 as people do. */
  readonly label: string;
} & (
  | /** Names the stable; `carries` says whether it sends anything to either Service. */ {
      readonly role: 'shared';
      readonly carries: boolean;
    }
  | /** Ours: a header route. */ {
      readonly role: 'header';
      readonly header: HeaderRule;
    }
  | /** Sends or mirrors to the canary without being ours. */ {
      readonly role: 'foreignRef';
    }
  | /** Everybody else's. */ { readonly role: 'other' }
);

/** A route, told apart. */
export interface RuleSet {
  readonly services: RouteServices;
  readonly original: readonly OriginalRule[];
  readonly views: readonly RuleView[];
}

/** Both Services' names, as the record and the target have them. */
export function servicesOf(
  target: TrafficTarget,
  record: TrafficRecord,
): RouteServices {
  const { namespace, canaryService } = target;
  return { namespace, canaryService, stableService: record.stableService };
}

/** The rules of a route; what is none of the shape of a rule stays in place and is nobody's. */
export function rulesOf(route: KubernetesObject): readonly JsonObject[] {
  return asList(route.spec?.rules).map(rule => asObject(rule) ?? {});
}

/** Tells the rules of a route apart: shared, ours, and everybody else's. */
export function readRules(
  route: KubernetesObject,
  target: TrafficTarget,
  record: TrafficRecord,
): RuleSet {
  const services = servicesOf(target, record);
  const original = originalRulesOf(record.original);
  const rules = rulesOf(route);
  const stableMatches = [
    ...rules.filter(rule => namesStable(rule, services)).map(matchesOf),
    ...original.map(({ matches }) =>
      matchesOf({ matches: asObjects(matches) }),
    ),
  ];
  const views = rules.map((rule, index): RuleView => {
    const label = `rule ${index + 1} of ${stringifyObjectRef(refOf(route))}`;
    if (namesStable(rule, services)) {
      const carries = readShare(rule, services).percent !== undefined;
      return { rule, label, role: 'shared', carries };
    }
    const header = readHeaderRule(rule, services, stableMatches);
    if (header) return { rule, label, role: 'header', header };
    const reaches =
      namesCanary(rule, services) || readMirror(rule, services) > 0;
    const role = reaches ? 'foreignRef' : 'other';
    return { rule, label, role };
  });
  return { services, original, views };
}
