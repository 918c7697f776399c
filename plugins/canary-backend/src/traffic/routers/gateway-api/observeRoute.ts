import { HeaderRoute } from 'backstage-plugin-canary-common';
import {
  KubernetesObject,
  TrafficObservation,
  TrafficRecord,
  TrafficTarget,
} from 'backstage-plugin-canary-node';
import { sameHeader } from '../../../rollout/exposure';
import { namesCanary } from './backends';
import { areSameMatches, matchesOf } from './headerRules';
import { acceptanceIn, readAcceptance } from './acceptance';
import { readMirror } from './mirrorFilter';
import { readRules, RuleSet, RuleView } from './ruleSet';
import { readShare } from './shareRule';

type View<TRole extends RuleView['role']> = Extract<RuleView, { role: TRole }>;

/** What a route says now about the canary; where rules disagree, the worst of them. */
export function observeRoute(
  route: KubernetesObject,
  target: TrafficTarget,
  record: TrafficRecord,
): TrafficObservation {
  const set = readRules(route, target, record);
  const { views, services } = set;
  const shared = viewsOf(set, 'shared').filter(({ carries }) => carries);
  const shares = shared.map(({ rule }) => readShare(rule, services));
  const mirrors = views.map(({ rule }) => readMirror(rule, services));
  const weight = Math.max(
    0,
    ...shares.map(({ percent = 0 }) => percent),
    // Whatever such a rule sends, all of it goes to the canary.
    ...viewsOf(set, 'foreignRef').map(({ rule }) =>
      namesCanary(rule, services) ? 100 : 0,
    ),
  );
  const mirror = Math.max(0, ...mirrors);
  const headerRoutes = headerRoutesOf(set);
  const present =
    mirror > 0 || views.some(({ rule }) => namesCanary(rule, services));
  return {
    found: true,
    exposure: {
      weight,
      headerRoutes,
      mirror: mirror > 0 ? { percent: mirror } : undefined,
    },
    backend: present ? 'present' : 'absent',
    ...readAcceptance(route, acceptanceIn(record.original)),
    sticky: views.some(
      ({ role, rule }) =>
        role !== 'other' && rule.sessionPersistence !== undefined,
    ),
    problem: problemOf(set, present, headerRoutes),
  };
}

/** Each header route once, in the order of its first rule. */
function headerRoutesOf(set: RuleSet): readonly HeaderRoute[] {
  const routes = new Map<string, HeaderRoute>();
  viewsOf(set, 'header').forEach(({ header: { header, value } }) => {
    const key = JSON.stringify([header, value]);
    if (!routes.has(key)) routes.set(key, { name: header, header, value });
  });
  return [...routes.values()];
}

/** The first thing that is not as we would have left it. */
function problemOf(
  set: RuleSet,
  present: boolean,
  headerRoutes: readonly HeaderRoute[],
): string | undefined {
  const { services } = set;
  const { stableService, canaryService } = services;
  const shared = viewsOf(set, 'shared').filter(({ carries }) => carries);
  const [first] = shared;
  if (!first) {
    return `no rule sends anything to Service ${stableService} any more`;
  }
  const [foreign] = viewsOf(set, 'foreignRef');
  if (foreign) {
    return `${foreign.label} sends to ${canaryService} without ${stableService}`;
  }
  for (const { rule, label } of shared) {
    if (readShare(rule, services).unreadable) {
      return `${label} has a weight that is no integer from 0 to 1000000`;
    }
  }
  if (!present) return undefined;

  for (const one of shared) {
    const differs = differenceOf(set, one, first);
    if (differs) return differs;
    const route = headerRoutes.find(wanted => !hasHeaderRule(set, one, wanted));
    if (route) {
      return `${one.label} has no counterpart for the header ${route.header}: ${route.value}`;
    }
  }
  return undefined;
}

/** How a rule's share is another than the first rule's. */
function differenceOf(
  { services }: RuleSet,
  one: View<'shared'>,
  first: View<'shared'>,
): string | undefined {
  const facts = ({ rule }: View<'shared'>) => [
    `${namesCanary(rule, services) ? 'names' : 'does not name'} ${
      services.canaryService
    }`,
    `gives it ${readShare(rule, services).percent} %`,
    `mirrors ${readMirror(rule, services)} %`,
  ];
  const theirs = facts(first);
  const at = facts(one).findIndex((fact, i) => fact !== theirs[i]);
  return at < 0
    ? undefined
    : `${one.label} ${facts(one)[at]}, ${first.label} ${theirs[at]}`;
}

function hasHeaderRule(
  set: RuleSet,
  { rule }: View<'shared'>,
  wanted: HeaderRoute,
): boolean {
  return viewsOf(set, 'header').some(
    ({ header: one }) =>
      sameHeader(one, wanted) && areSameMatches(one.matches, matchesOf(rule)),
  );
}

function viewsOf<TRole extends RuleView['role']>(
  { views }: RuleSet,
  role: TRole,
): readonly View<TRole>[] {
  return views.filter((view): view is View<TRole> => view.role === role);
}
