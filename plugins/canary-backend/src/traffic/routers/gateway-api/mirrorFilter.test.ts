import { exposed, rolledOut } from '../../testing/rolledOut';
import { routeOf } from '../../testing/routes';

const stable = { name: 'checkout', port: 80 };
const mirrored = (percent: number) => exposed(0, { mirror: { percent } });
const backendRef = { name: 'checkout-canary', port: 80 };

describe('a mirror', () => {
  it.each`
    percent | wantShare
    ${100}  | ${{}}
    ${10}   | ${{ percent: 10 }}
    ${2.5}  | ${{ fraction: { numerator: 250, denominator: 10_000 } }}
  `('of $percent % is a filter with $wantShare', ({ percent, wantShare }) => {
    const after = rolledOut(routeOf([{ backendRefs: [stable] }])).apply(
      mirrored(percent),
    );
    expect(after.rules[0].filters).toEqual([
      { type: 'RequestMirror', requestMirror: { backendRef, ...wantShare } },
    ]);
    expect(after.seen.exposure.mirror).toEqual({ percent });
    expect(after.apply(exposed(0)).rules[0].filters).toBeUndefined();
  });

  it('stands beside filters that were there', () => {
    const filters = [
      {
        type: 'RequestMirror',
        requestMirror: { backendRef: { name: 'audit' } },
      },
    ];
    const after = rolledOut(
      routeOf([{ filters, backendRefs: [stable] }]),
    ).apply(mirrored(10));
    expect(after.rules[0].filters).toHaveLength(2);
    expect(after.withdraw().rules[0].filters).toEqual(filters);
  });

  it('that an older API knows only whole is read as whole', () => {
    const { seen } = rolledOut(routeOf([{ backendRefs: [stable] }]))
      .apply(mirrored(10))
      .edit(([rule]) => {
        delete rule.filters[0].requestMirror.percent;
      });
    expect(seen.exposure.mirror).toEqual({ percent: 100 });
  });

  it.each`
    numerator | denominator  | want
    ${1}      | ${1_000_000} | ${0.01}
    ${1}      | ${3}         | ${33.33}
    ${5}      | ${0}         | ${100}
    ${0}      | ${0}         | ${100}
    ${-1}     | ${100}       | ${100}
  `(
    'of $numerator in $denominator requests is read as $want %',
    ({ numerator, denominator, want }) => {
      const { seen } = rolledOut(routeOf([{ backendRefs: [stable] }]))
        .apply(mirrored(2.5))
        .edit(([rule]) => {
          const { requestMirror } = rule.filters[0];
          requestMirror.fraction = { numerator, denominator };
        });
      expect(seen.exposure.mirror).toEqual({ percent: want });
    },
  );

  it('refuses a rule whose requests go to others, too', () => {
    const rule = { backendRefs: [stable, { name: 'search', port: 80 }] };
    expect(() => rolledOut(routeOf([rule])).plan(mirrored(10))).toThrow(
      'rule 1 of HTTPRoute shop/checkout sends to search, too, whose requests a mirror would take to checkout-canary; give checkout a rule of its own',
    );
  });

  it('refuses more decimals than are read back', () => {
    const { plan } = rolledOut(routeOf([{ backendRefs: [stable] }]));
    expect(() => plan(mirrored(33.333))).toThrow(
      '33.333 % cannot be asked of a route; use 0 to 100 with at most two decimals',
    );
  });
});
