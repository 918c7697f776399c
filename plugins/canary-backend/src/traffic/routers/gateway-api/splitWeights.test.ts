import fc from 'fast-check';
import { shareOf } from '../../../rollout/percent';
import { isProportional, splitWeights } from './splitWeights';

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

/** Percent from 0.01 to 100, two decimals. */
const percents = fc.integer({ min: 1, max: 10_000 }).map(parts => parts / 100);

describe('splitWeights', () => {
  it.each`
    weights                   | stable | percent  | wantOwn                 | wantCanary
    ${[1]}                    | ${0}   | ${0}     | ${[1]}                  | ${[0]}
    ${[1]}                    | ${0}   | ${5}     | ${[95]}                 | ${[5]}
    ${[100]}                  | ${0}   | ${5}     | ${[95]}                 | ${[5]}
    ${[1]}                    | ${0}   | ${12.5}  | ${[875]}                | ${[125]}
    ${[1]}                    | ${0}   | ${33.33} | ${[6667]}               | ${[3333]}
    ${[1]}                    | ${0}   | ${99.99} | ${[1]}                  | ${[9999]}
    ${[1]}                    | ${0}   | ${100}   | ${[0]}                  | ${[100]}
    ${[90, 10]}               | ${0}   | ${5}     | ${[855, 100]}           | ${[45, 0]}
    ${[100, 300]}             | ${0}   | ${5}     | ${[95, 300]}            | ${[5, 0]}
    ${[0, 7]}                 | ${0}   | ${50}    | ${[0, 7]}               | ${[0, 0]}
    ${[999_983, 1_000_000]}   | ${0}   | ${5}     | ${[949_984, 1_000_000]} | ${[49_999, 0]}
    ${[1_000_000, 1_000_000]} | ${0}   | ${33.33} | ${[666_700, 1_000_000]} | ${[333_300, 0]}
  `(
    'splits $weights for $percent % into $wantOwn and $wantCanary',
    ({ weights, stable, percent, wantOwn, wantCanary }) => {
      const isStable = weights.map((_: number, i: number) => i === stable);
      expect(splitWeights(weights, isStable, percent)).toEqual({
        own: wantOwn,
        canary: wantCanary,
      });
    },
  );

  it('refuses what integers up to a million cannot say', () => {
    expect(splitWeights([1, 100_000], [true, false], 33.33)).toBeUndefined();
  });

  it('says every share beside any backend of a reasonable weight', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 5 }),
        percents,
        (stable, others, percent) => {
          const weights = [stable, ...others];
          const isStable = weights.map((_, i) => i === 0);
          const split = splitWeights(weights, isStable, percent)!;
          const totals = split.own.map((own, i) => own + split.canary[i]);

          expect(shareOf(sum(split.canary), totals[0])).toBe(percent);
          expect(isProportional(totals, weights)).toBe(true);
          for (const weight of [...split.own, ...split.canary]) {
            expect(Number.isInteger(weight)).toBe(true);
            expect(weight).toBeGreaterThanOrEqual(0);
            expect(weight).toBeLessThanOrEqual(1_000_000);
          }
        },
      ),
    );
  });

  it('refuses or is exact, whatever the weights are', () => {
    const weight = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(
        fc.array(fc.record({ weight, stable: fc.boolean() }), {
          minLength: 1,
          maxLength: 6,
        }),
        percents,
        (backends, percent) => {
          const weights = backends.map(one => one.weight);
          const isStable = backends.map(one => one.stable);
          const split = splitWeights(weights, isStable, percent);
          if (!split) return;
          const totals = split.own.map((own, i) => own + split.canary[i]);
          const stable = sum(totals.filter((_, i) => isStable[i]));
          expect(isProportional(totals, weights)).toBe(true);
          expect(Math.max(...totals)).toBeLessThanOrEqual(1_000_000);
          const read = shareOf(sum(split.canary), stable || 1);
          expect(read).toBe(stable > 0 ? percent : 0);
        },
      ),
    );
  });
});
