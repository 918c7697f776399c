import fc from 'fast-check';
import { exposed, rolledOut } from '../../testing/rolledOut';
import { routeOf } from '../../testing/routes';

/** A weight as manifests have it: said or not. */
const weight = fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined });
const positive = fc.option(fc.integer({ min: 1, max: 100 }), {
  nil: undefined,
});
const foreign = fc.record({
  name: fc.constantFrom('search', 'pay', 'checkout'),
  namespace: fc.constantFrom('elsewhere'),
  port: fc.constant(80),
  weight,
});
const rules = fc.array(
  fc.record({
    stable: positive,
    before: fc.array(foreign, { maxLength: 2 }),
    after: fc.array(foreign, { maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 4 },
);
const percents = fc.integer({ min: 0, max: 9_999 }).map(parts => parts / 100);

const routes = rules.map(list =>
  routeOf(
    list.map(({ stable, before, after }, i) => ({
      matches: [{ path: { type: 'Exact', value: `/${i}` } }],
      // JSON has no undefined: an absent weight is an absent key.
      backendRefs: JSON.parse(
        JSON.stringify([
          ...before,
          { name: 'checkout', port: 80, weight: stable },
          ...after,
        ]),
      ),
    })),
  ),
);

describe('a route with any foreign backends', () => {
  it('reads back every weight on any way, and ends as it began', () => {
    fc.assert(
      fc.property(
        routes,
        fc.array(percents, { minLength: 1, maxLength: 5 }),
        (route, weights) => {
          const start = rolledOut(route);
          let now = start;
          for (const percent of weights) {
            now = now.apply(exposed(percent));
            expect(now.seen.exposure.weight).toBe(percent);
            expect(now.seen.problem).toBeUndefined();
            expect(now.plan(exposed(percent))).toEqual([]);
          }
          expect(JSON.stringify(now.withdraw().route)).toBe(
            JSON.stringify(route),
          );
        },
      ),
    );
  });

  it('keeps the proportion of every foreign backend to the whole', () => {
    fc.assert(
      fc.property(routes, percents, (route, percent) => {
        const shares = (rule: any) => {
          const refs: any[] = rule.backendRefs;
          const total = refs.reduce((sum, ref) => sum + (ref.weight ?? 1), 0);
          return refs
            .filter(ref => ref.namespace === 'elsewhere')
            .map(ref => (ref.weight ?? 1) / total);
        };
        const before = rolledOut(route);
        const after = before.apply(exposed(percent));
        after.rules.forEach((rule, i) => {
          shares(rule).forEach((share, k) =>
            expect(share).toBeCloseTo(shares(before.rules[i])[k], 10),
          );
        });
      }),
    );
  });
});
