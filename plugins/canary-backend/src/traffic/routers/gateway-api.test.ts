import { JsonObject } from 'backstage-plugin-canary-common';
import { KubernetesObject, TrafficObjects } from 'backstage-plugin-canary-node';
import { testTrafficRouter } from 'backstage-plugin-canary-node/testUtils';
import { applyPatch } from '../../kubernetes/objects/applyPatch';
import { checkout, routeOf, shop } from '../testing/routes';
import { gatewayApi } from './gateway-api';

const common = {
  target: checkout,
  surroundings: shop,
  stableService: 'checkout',
};
const alone = { backendRefs: [{ name: 'checkout', port: 80 }] };
const api: JsonObject = {
  name: 'api',
  matches: [
    { path: { type: 'PathPrefix', value: '/api' }, method: 'GET' },
    {
      path: { type: 'Exact', value: '/pay' },
      headers: [{ name: 'v', value: '2' }],
    },
  ],
  filters: [{ type: 'URLRewrite', urlRewrite: { hostname: 'inner' } }],
  backendRefs: [
    {
      group: '',
      kind: 'Service',
      name: 'checkout',
      port: 8080,
      weight: 1,
      filters: [
        {
          type: 'RequestHeaderModifier',
          requestHeaderModifier: { set: [{ name: 'x', value: 'y' }] },
        },
      ],
    },
  ],
  timeouts: { request: '5s' },
};
const foreign: JsonObject = {
  matches: [{ path: { type: 'PathPrefix', value: '/search' } }],
  backendRefs: [
    { name: 'search', port: 80, weight: 3 },
    { name: 'checkout', namespace: 'elsewhere', port: 80, weight: 7 },
    { name: 'checkout', kind: 'ServiceImport', group: 'multicluster.x-k8s.io' },
  ],
};
const redirect: JsonObject = {
  matches: [{ path: { type: 'PathPrefix', value: '/old' } }],
  filters: [{ type: 'RequestRedirect', requestRedirect: { statusCode: 301 } }],
};

/** Everything but the rules that name checkout, and ours. */
function foreignRules([route]: TrafficObjects) {
  const { metadata, spec, ...rest } = route as KubernetesObject;
  const rules = (spec?.rules as JsonObject[]).filter(
    rule =>
      !JSON.stringify(rule.backendRefs ?? []).match(
        /"checkout(-canary)?","port"/,
      ),
  );
  const { resourceVersion: _, ...kept } = metadata;
  return { ...rest, kept, spec: { ...spec, rules } };
}

testTrafficRouter('the traffic router gateway-api', {
  router: gatewayApi,
  applyPatch,
  cases: [
    {
      ...common,
      name: 'a route that says no weight',
      objects: [routeOf([alone])],
    },
    {
      ...common,
      name: 'a route of several rules',
      objects: [routeOf([foreign, api, redirect, { ...alone, filters: [] }])],
      notOurs: foreignRules,
    },
    {
      ...common,
      name: 'a rule with the stable Service twice',
      objects: [
        routeOf([
          {
            backendRefs: [
              { name: 'checkout', port: 80, weight: 3 },
              { name: 'checkout', port: 8080 },
            ],
          },
        ]),
      ],
    },
    {
      ...common,
      name: 'a GRPCRoute',
      target: {
        ...checkout,
        params: { route: { name: 'checkout', kind: 'GRPCRoute' } },
      },
      objects: [
        {
          ...routeOf([
            {
              matches: [{ method: { service: 'shop.Checkout' } }],
              backendRefs: [{ name: 'checkout', port: 9000, weight: 100 }],
            },
          ]),
          kind: 'GRPCRoute',
        },
      ],
    },
    {
      ...common,
      name: 'a rule that gives the stable nothing',
      objects: [
        routeOf([
          {
            matches: [{ path: { type: 'PathPrefix', value: '/new' } }],
            backendRefs: [
              { name: 'search', port: 80, weight: 1 },
              { name: 'checkout', port: 80, weight: 0 },
            ],
          },
          alone,
        ]),
      ],
    },
  ],
});

// Only weights: what one rule mixes cannot be told apart by headers or mirrors.
testTrafficRouter('gateway-api beside other backends of a rule', {
  router: {
    ...gatewayApi,
    capabilities: { weights: true, headers: false, mirror: false },
  },
  applyPatch,
  cases: [
    {
      ...common,
      name: 'a rule shared with others',
      objects: [
        routeOf([
          {
            backendRefs: [
              { name: 'search', port: 80, weight: 30 },
              { name: 'checkout', port: 80, weight: 60 },
              { name: 'checkout', namespace: 'elsewhere', port: 80 },
              { name: 'off', port: 80, weight: 0 },
            ],
          },
        ]),
      ],
      notOurs: ([route]) => {
        const [rule] = route?.spec?.rules as JsonObject[];
        const refs = rule.backendRefs as JsonObject[];
        const weights = refs.map(({ weight = 1 }) => weight as number);
        const own = (weights[1] ?? 0) + (weights[4] ?? 0);
        return [
          refs.slice(0, 1),
          weights[0] / own,
          weights[2] / own,
          weights[3],
        ]
          .flat()
          .map(one => (typeof one === 'object' ? { ...one, weight: 0 } : one));
      },
    },
  ],
});
