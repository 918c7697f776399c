import { exposed, rolledOut } from '../../testing/rolledOut';
import { routeOf } from '../../testing/routes';

const beta = { name: 'beta', header: 'x-beta', value: '1' };
const staff = { name: 'staff', header: 'x-staff', value: 'yes' };
const stable = { name: 'checkout', port: 80 };
const search = { name: 'search', port: 80 };
const at = (value: string, more: object = {}) => ({
  matches: [{ path: { type: 'PathPrefix', value }, ...more }],
  backendRefs: [stable],
});
const withHeaders = (...headerRoutes: (typeof beta)[]) =>
  exposed(0, { headerRoutes });

describe('a header route', () => {
  it('is a copy of every rule of the stable, behind all rules, to the canary alone', () => {
    const rule = {
      name: 'api',
      ...at('/api', { headers: [{ name: 'v', value: '2' }] }),
      filters: [{ type: 'URLRewrite', urlRewrite: { hostname: 'inner' } }],
      timeouts: { request: '5s' },
    };
    const { rules } = rolledOut(
      routeOf([rule, { backendRefs: [search] }, { backendRefs: [stable] }]),
    ).apply(withHeaders(beta));

    const added = { type: 'Exact', name: 'x-beta', value: '1' };
    expect(rules.slice(3)).toEqual([
      {
        matches: [
          {
            path: { type: 'PathPrefix', value: '/api' },
            headers: [{ name: 'v', value: '2' }, added],
          },
        ],
        filters: rule.filters,
        timeouts: rule.timeouts,
        backendRefs: [{ name: 'checkout-canary', port: 80 }],
      },
      {
        matches: [{ headers: [added] }],
        backendRefs: [{ name: 'checkout-canary', port: 80 }],
      },
    ]);
  });

  it('stays ours when the API fills in its defaults', () => {
    const defaulted = rolledOut(routeOf([{ backendRefs: [stable] }]))
      .apply(withHeaders(beta))
      .edit(([, rule]) => {
        rule.matches[0].path = { type: 'PathPrefix', value: '/' };
        Object.assign(rule.backendRefs[0], { group: '', kind: 'Service' });
        rule.backendRefs[0].weight = 1;
      });
    expect(defaulted.seen.problem).toBeUndefined();
    expect(defaulted.plan(withHeaders(beta))).toEqual([]);
    expect(defaulted.withdraw().rules).toHaveLength(1);
  });

  it('does not take the mirror of its source along', () => {
    const { rules } = rolledOut(routeOf([{ backendRefs: [stable] }]))
      .apply(exposed(0, { mirror: { percent: 10 } }))
      .apply(exposed(0, { mirror: { percent: 10 }, headerRoutes: [beta] }));
    expect(rules[0].filters).toHaveLength(1);
    expect(rules[1].filters).toBeUndefined();
  });

  it('leaves a rule of the user that lost its stable alone, header or not', () => {
    const own = at('/api', { headers: [{ name: 'v', value: '2' }] });
    const { withdraw } = rolledOut(routeOf([own, { backendRefs: [stable] }]))
      .apply(exposed(5))
      .edit(([rule]) => void rule.backendRefs.shift());
    expect(withdraw().rules[0]).toEqual({
      ...own,
      backendRefs: [{ ...stable, weight: 5 }],
    });
  });

  it('is written once for two names', () => {
    const { rules, seen } = rolledOut(
      routeOf([{ backendRefs: [stable] }]),
    ).apply(withHeaders(beta, { ...beta, name: 'again' }));
    expect(rules).toHaveLength(2);
    expect(seen.problem).toBeUndefined();
  });

  it('goes without touching the others', () => {
    const { rules, seen } = rolledOut(routeOf([at('/a'), at('/b')]))
      .apply(withHeaders(beta, staff))
      .apply(withHeaders(staff));
    expect(rules).toHaveLength(4);
    expect(seen.exposure.headerRoutes).toEqual([{ ...staff, name: 'x-staff' }]);
  });

  it('refuses a header that the rule matches on already', () => {
    const rule = at('/', { headers: [{ name: 'X-Beta', value: '2' }] });
    expect(() => rolledOut(routeOf([rule])).plan(withHeaders(beta))).toThrow(
      'rule 1 of HTTPRoute shop/checkout matches on the header x-beta already; take another one for the header route',
    );
  });

  it('refuses a rule whose requests go to others, too', () => {
    const rule = { backendRefs: [stable, search] };
    expect(() => rolledOut(routeOf([rule])).plan(withHeaders(beta))).toThrow(
      'rule 1 of HTTPRoute shop/checkout sends to search, too, whose requests a header route would take to checkout-canary; give checkout a rule of its own',
    );
  });

  it('refuses a route without room', () => {
    const full = Array.from({ length: 9 }, (_, i) => at(`/${i}`));
    expect(() => rolledOut(routeOf(full)).plan(withHeaders(beta))).toThrow(
      'HTTPRoute shop/checkout would need 18 rules with 18 matches for its header routes; the Gateway API takes 16 rules and 128 matches',
    );
  });

  it('refuses more matches than a route may have', () => {
    const matches = Array.from({ length: 64 }, (_, i) => ({
      path: { type: 'Exact', value: `/${i}` },
    }));
    const rules = [{ matches, backendRefs: [stable] }];
    const rollout = rolledOut(routeOf(rules)).apply(withHeaders(beta));
    expect(() => rollout.plan(withHeaders(beta, staff))).toThrow(
      '3 rules with 192 matches',
    );
  });
});

describe('sixteen rules', () => {
  const full = Array.from({ length: 16 }, (_, i) => at(`/${i}`));

  it('are shared by weight, every one of them', () => {
    const { seen, rules, withdraw } = rolledOut(routeOf(full)).apply(
      exposed(20),
    );
    expect(seen).toMatchObject({ exposure: { weight: 20 } });
    expect(seen.problem).toBeUndefined();
    expect(rules.every(rule => rule.backendRefs.length === 2)).toBe(true);
    expect(withdraw().rules).toEqual(full);
  });
});
