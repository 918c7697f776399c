import { exposed, rolledOut } from '../../testing/rolledOut';
import { routeOf } from '../../testing/routes';

const alone = () =>
  rolledOut(routeOf([{ backendRefs: [{ name: 'checkout', port: 80 }] }]));
const shared = () =>
  rolledOut(
    routeOf([
      {
        backendRefs: [
          { name: 'checkout', port: 80, weight: 1 },
          { name: 'search', port: 80, weight: 1 },
        ],
      },
    ]),
  );
const two = () =>
  rolledOut(
    routeOf([
      {
        matches: [{ path: { type: 'PathPrefix', value: '/api' } }],
        backendRefs: [{ name: 'checkout', port: 80 }],
      },
      { backendRefs: [{ name: 'checkout', port: 80 }] },
    ]),
  );
const weights = (rule: any) => rule.backendRefs.map((ref: any) => ref.weight);

describe('a change of our share that is not ours', () => {
  it('shows as another weight', () => {
    const { seen } = alone()
      .apply(exposed(5))
      .edit(([rule]) => {
        rule.backendRefs[1].weight = 20;
      });
    expect(seen.exposure.weight).toBe(17.39);
  });

  it('shows the worst rule, and says which two disagree', () => {
    const { seen } = two()
      .apply(exposed(5))
      .edit(([, rule]) => {
        rule.backendRefs[1].weight = 95;
      });
    expect(seen.exposure.weight).toBe(50);
    expect(seen.problem).toBe(
      'rule 2 of HTTPRoute shop/checkout gives it 50 %, rule 1 of HTTPRoute shop/checkout gives it 5 %',
    );
  });

  it('shows a rule that no longer names the canary', () => {
    const { seen } = two()
      .apply(exposed(0))
      .edit(([, rule]) => void rule.backendRefs.pop());
    expect(seen).toMatchObject({
      backend: 'present',
      problem:
        'rule 2 of HTTPRoute shop/checkout does not name checkout-canary, rule 1 of HTTPRoute shop/checkout names checkout-canary',
    });
  });

  it('shows a new rule that passes the canary by', () => {
    const { seen } = alone()
      .apply(exposed(5))
      .edit(rules => [
        ...rules,
        {
          matches: [{ path: { type: 'Exact', value: '/new' } }],
          backendRefs: [{ name: 'checkout', port: 80 }],
        },
      ]);
    expect(seen.problem).toMatch(/^rule 2 .* does not name checkout-canary/);
  });

  it('counts a rule that lost the stable as everybody', () => {
    const edited = two()
      .apply(exposed(5))
      .edit(([, rule]) => void rule.backendRefs.shift());
    expect(edited.seen.exposure.weight).toBe(100);
    expect(edited.seen.problem).toBe(
      'rule 2 of HTTPRoute shop/checkout sends to checkout-canary without checkout',
    );
    expect(edited.withdraw().rules[1].backendRefs).toEqual([
      { name: 'checkout', port: 80, weight: 5 },
    ]);
  });

  it('shows that the stable was taken out of the route', () => {
    const { seen } = alone().edit(([rule]) => {
      rule.backendRefs[0].name = 'search';
    });
    expect(seen.problem).toBe(
      'no rule sends anything to Service checkout any more',
    );
  });

  it('shows a header rule that was removed for one of the rules', () => {
    const headerRoutes = [{ name: 'beta', header: 'x-beta', value: '1' }];
    const { seen } = two()
      .apply(exposed(5, { headerRoutes }))
      .edit(rules => void rules.pop());
    expect(seen.exposure.headerRoutes).toHaveLength(1);
    expect(seen.problem).toBe(
      'rule 2 of HTTPRoute shop/checkout has no counterpart for the header x-beta: 1',
    );
  });

  it('counts a mirror from another rule', () => {
    const { seen } = two().edit(rules => [
      ...rules,
      {
        filters: [
          {
            type: 'RequestMirror',
            requestMirror: {
              backendRef: { name: 'checkout-canary', port: 80 },
            },
          },
        ],
        backendRefs: [{ name: 'search', port: 80 }],
      },
    ]);
    expect(seen.exposure.mirror).toEqual({ percent: 100 });
    expect(seen.backend).toBe('present');
  });
});

describe("somebody else's share of a rule", () => {
  it('stays as they left it when we go on', () => {
    const after = shared()
      .apply(exposed(5))
      .edit(([rule]) => {
        rule.backendRefs[1].weight = 300;
      })
      .apply(exposed(50));
    expect(weights(after.rules[0])).toEqual([50, 300, 50]);
    expect(after.seen).toMatchObject({ exposure: { weight: 50 } });
    expect(after.seen.problem).toBeUndefined();
  });

  it('keeps its proportion at the end, when the original numbers no longer say it', () => {
    const after = shared()
      .apply(exposed(5))
      .edit(([rule]) => {
        rule.backendRefs[1].weight = 300;
      })
      .withdraw();
    expect(weights(after.rules[0])).toEqual([100, 300]);
  });

  it('stays as they wrote it while we have no weight', () => {
    const after = shared()
      .apply(exposed(0))
      .edit(([rule]) => {
        rule.backendRefs[0].weight = 10;
        rule.backendRefs[1].weight = 30;
      })
      .withdraw();
    expect(weights(after.rules[0])).toEqual([10, 30]);
  });

  it('is left alone at the end where nothing of ours is found', () => {
    const edited = shared().edit(([rule]) => {
      rule.backendRefs[0].weight = 7;
    });
    expect(edited.withdraw().route).toEqual(edited.route);
  });

  it('may be a new backend', () => {
    const after = alone()
      .apply(exposed(5))
      .edit(
        ([rule]) =>
          void rule.backendRefs.push({ name: 'search', port: 80, weight: 100 }),
      )
      .apply(exposed(20))
      .withdraw();
    expect(weights(after.rules[0])).toEqual([100, 100]);
  });

  it('moves with its rule', () => {
    const first = { backendRefs: [{ name: 'search', port: 80 }] };
    const after = two()
      .apply(exposed(5))
      .edit(rules => [first, ...[...rules].reverse()])
      .withdraw();
    expect(after.rules).toEqual([first, ...[...two().rules].reverse()]);
  });
});
