import fc from 'fast-check';
import { KubernetesObject } from 'backstage-plugin-canary-node';
import { exposed, rolledOut } from '../../testing/rolledOut';
import { checkout, routeOf, shop } from '../../testing/routes';
import { gatewayApi } from '../gateway-api';

const plain = routeOf([{ backendRefs: [{ name: 'checkout', port: 80 }] }]);
const record = rolledOut(plain).record;

/** The route with a canary at 5 % whose manifest was then made strange. */
function strange(change: (rule: any) => void) {
  return rolledOut(plain)
    .apply(exposed(5))
    .edit(([rule]) => change(rule));
}

describe('a weight that the API would not take', () => {
  it.each([['5'], [-1], [1e9], [0.5], [null], [{}]])(
    'counts %j at the canary as everybody, and can be taken back',
    weight => {
      const { seen, apply, withdraw } = strange(rule => {
        rule.backendRefs[1].weight = weight;
      });
      expect(seen).toMatchObject({
        exposure: { weight: 100 },
        problem:
          'rule 1 of HTTPRoute shop/checkout has a weight that is no integer from 0 to 1000000',
      });
      expect(apply(exposed(0)).rules[0].backendRefs[1].weight).toBe(0);
      expect(withdraw().rules[0].backendRefs).toHaveLength(1);
    },
  );

  it('is not shared on', () => {
    const { plan } = strange(rule => {
      rule.backendRefs[0].weight = 'all';
    });
    expect(() => plan(exposed(10))).toThrow(
      'rule 1 of HTTPRoute shop/checkout has weights that are no integers from 0 to 1000000',
    );
  });

  it('refuses the start', () => {
    const backendRefs = [{ name: 'checkout', port: 80, weight: '5' }];
    expect(() => rolledOut(routeOf([{ backendRefs }]))).toThrow(
      'HTTPRoute shop/checkout has weights beside Service checkout that are no integers',
    );
  });

  it('stays within bounds when two of the highest become one', () => {
    const ref = (name: string, weight = 1) => ({ name, port: 80, weight });
    const { apply, withdraw } = rolledOut(
      routeOf([{ backendRefs: [ref('checkout'), ref('search')] }]),
    )
      .apply(exposed(5))
      .edit(([rule]) => {
        rule.backendRefs[0].weight = 1_000_000;
        rule.backendRefs[2].weight = 1_000_000;
      });
    const kept = [ref('checkout', 1_000_000), ref('search', 50)];
    expect(withdraw().rules[0].backendRefs).toEqual(kept);
    expect(apply(exposed(0)).rules[0].backendRefs).toEqual([
      ...kept,
      ref('checkout-canary', 0),
    ]);
  });
});

const strangers: [string, unknown][] = [
  ['no spec', undefined],
  ['no rules', {}],
  ['rules that are no list', { rules: { 0: {} } }],
  ['rules that are no objects', { rules: [null, 1, 'x', []] }],
  ['backends that are no list', { rules: [{ backendRefs: 'checkout' }] }],
  ['backends that are no objects', { rules: [{ backendRefs: [null, 7] }] }],
  ['names that are no text', { rules: [{ backendRefs: [{ name: {} }] }] }],
  [
    'keys of prototypes',
    JSON.parse(
      '{"rules":[{"__proto__":{"backendRefs":[{"name":"checkout"}]},"constructor":{"prototype":{}}}]}',
    ),
  ],
];

describe('a manifest that is none', () => {
  it.each(strangers)('has no stable Service: %s', (_, spec) => {
    const route = { ...plain, spec } as KubernetesObject;
    expect(() => gatewayApi.resolve([route], checkout, shop)).toThrow(
      'names no Service that selects the pods of checkout, but no Service at all; name its route in traffic.route',
    );
  });

  it.each(strangers)('exposes nobody and is not written: %s', (_, spec) => {
    const { seen, plan } = rolledOut(
      { ...plain, spec } as KubernetesObject,
      record,
    );
    expect(seen.exposure.weight).toBe(0);
    expect(seen.problem).toBe(
      'no rule sends anything to Service checkout any more',
    );
    expect(plan(exposed(50))).toEqual([]);
  });

  it('survives anything in its rules, status and metadata', () => {
    const names = fc.constantFrom('checkout', 'checkout-canary', 'search');
    const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), names);
    const backend = fc.oneof(
      value,
      fc.record({ name: names, weight: value, port: value }),
    );
    const rule = fc.oneof(
      value,
      fc.record({
        backendRefs: fc.oneof(value, fc.array(backend, { maxLength: 4 })),
        matches: value,
        filters: fc.oneof(
          value,
          fc.array(
            fc.record({
              requestMirror: fc.record({
                backendRef: fc.record({ name: names }),
                percent: value,
                fraction: value,
              }),
            }),
          ),
        ),
      }),
    );
    const rules = fc.oneof(value, fc.array(rule, { maxLength: 4 }));
    fc.assert(
      fc.property(rules, value, (some, status) => {
        const route = { ...plain, spec: { rules: some }, status } as any;
        const rollout = rolledOut(route, record);
        const { weight } = rollout.seen.exposure;
        expect(weight).toBeGreaterThanOrEqual(0);
        expect(weight).toBeLessThanOrEqual(100);
        // Whatever it was, nobody is at the canary when we are gone.
        expect(rollout.withdraw().seen).toMatchObject({
          exposure: { weight: 0, headerRoutes: [] },
          backend: 'absent',
        });
      }),
    );
  });
});
