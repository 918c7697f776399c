import { HeaderRoute, JsonObject } from 'backstage-plugin-canary-common';
import {
  KubernetesObject,
  refOf,
  TrafficIntent,
  TrafficRecord,
  TrafficTarget,
  TrafficWrite,
} from 'backstage-plugin-canary-node';
import { sameHeader } from '../../../rollout/exposure';
import { asList } from '../../json';
import { changesOf, testRevision } from '../../shell/patchOf';
import { backendNameTests } from './backendNameTests';
import { OriginalRule, originalRuleOf } from './originalRules';
import { areSameMatches, headerRuleOf, matchesOf } from './headerRules';
import { withMirror } from './mirrorFilter';
import { assertDecimals, assertRoom, assertStableAlone } from './routeLimits';
import { readRules, RuleSet, RuleView } from './ruleSet';
import { shareRule, withoutForeignRefs } from './shareRule';

/** The one patch that makes the route say the intent; none when it does already. */
export function planRoute(
  route: KubernetesObject,
  target: TrafficTarget,
  record: TrafficRecord,
  intent: TrafficIntent,
): readonly TrafficWrite[] {
  const after = withIntent(route, target, record, intent);
  const changes = changesOf(route, after);
  if (changes.length === 0) return [];
  const body = [
    testRevision(route),
    ...backendNameTests(route, changes),
    ...changes,
  ];
  return [{ verb: 'patch', ref: refOf(route), patch: { type: 'json', body } }];
}

function withIntent(
  route: KubernetesObject,
  target: TrafficTarget,
  record: TrafficRecord,
  { backend, exposure }: TrafficIntent,
): KubernetesObject {
  const set = readRules(route, target, record);
  if (set.views.length === 0) return route;
  assertDecimals(exposure);
  const wanted = backend === 'present' ? exposure.headerRoutes : [];
  const percent = backend === 'present' ? exposure.weight : 'absent';
  const mirror = backend === 'present' ? exposure.mirror?.percent ?? 0 : 0;

  const original = asList(route.spec?.rules);
  const kept = set.views.flatMap((view, index) => {
    switch (view.role) {
      case 'shared':
        return [shareView(view, set, percent, mirror)];
      case 'foreignRef': {
        const rule = withoutForeignRefs(view.rule, set.services);
        return [withMirror(rule, set.services, 0, true)];
      }
      case 'header':
        return wanted.some(one => isFor(view, one)) ? [view.rule] : [];
      default:
        return [original[index]];
    }
  });
  const added = missingHeaderRules(set, wanted);
  const rules = [...kept, ...added];
  if (added.length > 0) assertRoom(route, rules);
  return { ...route, spec: { ...route.spec, rules } };
}

function shareView(
  { rule, label, carries }: Extract<RuleView, { role: 'shared' }>,
  set: RuleSet,
  percent: number | 'absent',
  mirror: number,
): JsonObject {
  const { services } = set;
  const original = originalRuleOf(rule, set.original, services);
  if (mirror > 0 && carries)
    assertStableAlone(rule, set.services, label, 'a mirror');
  return withMirror(
    shareRule(rule, services, original, percent, label),
    services,
    carries ? mirror : 0,
    hadFilters(rule, original),
  );
}

/** An empty list of filters is left only where there was one. */
function hadFilters(
  rule: JsonObject,
  original: OriginalRule | undefined,
): boolean {
  return original?.filters ?? rule.filters !== undefined;
}

/** Header rules that are wanted and not there, one per route and rule of the stable's. */
function missingHeaderRules(
  set: RuleSet,
  wanted: readonly HeaderRoute[],
): readonly JsonObject[] {
  const { views, services, original } = set;
  return distinct(wanted).flatMap(route =>
    views.flatMap(view => {
      if (view.role !== 'shared' || !view.carries) return [];
      const { rule, label } = view;
      const exists = views.some(
        one =>
          isFor(one, route) &&
          areSameMatches(one.header.matches, matchesOf(rule)),
      );
      if (exists) return [];
      assertStableAlone(rule, set.services, label, 'a header route');
      const keepFilters = hadFilters(
        rule,
        originalRuleOf(rule, original, services),
      );
      const plain = shareRule(
        withMirror(rule, services, 0, keepFilters),
        services,
        originalRuleOf(rule, original, services),
        'absent',
        label,
      );
      return [headerRuleOf(plain, route, services, label)];
    }),
  );
}

/** Two names for the same header and value need one rule. */
function distinct(routes: readonly HeaderRoute[]): readonly HeaderRoute[] {
  return routes.filter(
    (route, i) => i === routes.findIndex(one => sameHeader(one, route)),
  );
}

function isFor(
  view: RuleView,
  route: HeaderRoute,
): view is Extract<RuleView, { role: 'header' }> {
  return view.role === 'header' && sameHeader(view.header, route);
}
