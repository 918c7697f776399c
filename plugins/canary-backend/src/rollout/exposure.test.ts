import {
  Exposure,
  HeaderRoute,
  isExposed,
  NO_EXPOSURE,
} from 'backstage-plugin-canary-common';
import fc from 'fast-check';
import {
  describeExposure,
  exceeds,
  liesBetween,
  sameExposure,
} from './exposure';

const beta: HeaderRoute = { name: 'beta', header: 'x-beta', value: '1' };
const staff: HeaderRoute = { name: 'staff', header: 'x-staff', value: 'yes' };
/** Sends the requests of `beta` under another name. */
const again: HeaderRoute = { ...beta, name: 'again' };

const weight = (percent: number): Exposure => ({
  weight: percent,
  headerRoutes: [],
});
const headers = (...headerRoutes: HeaderRoute[]): Exposure => ({
  weight: 0,
  headerRoutes,
});
const mirror = (percent: number): Exposure => ({
  ...NO_EXPOSURE,
  mirror: { percent },
});

describe('one exposure beside another', () => {
  it.each`
    what                                     | a                       | b                       | wantSame | wantExceeds
    ${'nobody twice'}                        | ${NO_EXPOSURE}          | ${NO_EXPOSURE}          | ${true}  | ${false}
    ${'a higher weight'}                     | ${weight(5)}            | ${weight(1)}            | ${false} | ${true}
    ${'a lower weight'}                      | ${weight(1)}            | ${weight(5)}            | ${false} | ${false}
    ${'a hundredth of a percent'}            | ${weight(0.01)}         | ${NO_EXPOSURE}          | ${false} | ${true}
    ${'a hundredth more'}                    | ${weight(5.01)}         | ${weight(5)}            | ${false} | ${true}
    ${'what only binary fractions tell'}     | ${weight(0.1 + 0.2)}    | ${weight(0.3)}          | ${true}  | ${false}
    ${'a mirror'}                            | ${mirror(0.01)}         | ${NO_EXPOSURE}          | ${false} | ${true}
    ${'a mirror of nothing'}                 | ${mirror(0)}            | ${NO_EXPOSURE}          | ${true}  | ${false}
    ${'a smaller mirror'}                    | ${mirror(10)}           | ${mirror(50)}           | ${false} | ${false}
    ${'a header route'}                      | ${headers(beta)}        | ${NO_EXPOSURE}          | ${false} | ${true}
    ${'another header route'}                | ${headers(beta)}        | ${headers(staff)}       | ${false} | ${true}
    ${'the same in another order'}           | ${headers(beta, staff)} | ${headers(staff, beta)} | ${true}  | ${false}
    ${'the same requests by another name'}   | ${headers(again)}       | ${headers(beta)}        | ${false} | ${false}
    ${'a second name for the same requests'} | ${headers(beta, again)} | ${headers(beta)}        | ${false} | ${false}
  `('$what: same $wantSame, exceeds $wantExceeds', row => {
    expect({
      same: sameExposure(row.a, row.b),
      exceeds: exceeds(row.a, row.b),
    }).toEqual({ same: row.wantSame, exceeds: row.wantExceeds });
  });
});

describe('what was read between two exposures of ours', () => {
  const before: Exposure = { weight: 5, headerRoutes: [beta] };
  const after: Exposure = {
    weight: 20,
    headerRoutes: [beta, staff],
    mirror: { percent: 10 },
  };

  it.each`
    what                                    | read                                          | want
    ${'the old'}                            | ${before}                                     | ${true}
    ${'the new'}                            | ${after}                                      | ${true}
    ${'the new weight alone'}               | ${{ ...before, weight: 20 }}                  | ${true}
    ${'the new mirror alone'}               | ${{ ...before, mirror: after.mirror }}        | ${true}
    ${'all of the new but its header'}      | ${{ ...after, headerRoutes: [beta] }}         | ${true}
    ${'a weight of neither'}                | ${{ ...before, weight: 10 }}                  | ${false}
    ${'a hundredth beside the new weight'}  | ${{ ...after, weight: 20.01 }}                | ${false}
    ${'a mirror of neither'}                | ${{ ...after, mirror: { percent: 5 } }}       | ${false}
    ${'a header route of neither'}          | ${{ ...before, headerRoutes: [beta, again] }} | ${false}
    ${'without the header route of both'}   | ${{ ...before, headerRoutes: [] }}            | ${false}
    ${'nobody, where both let somebody in'} | ${NO_EXPOSURE}                                | ${false}
  `('$what: $want', ({ read, want }) => {
    expect(liesBetween(read, before, after)).toBe(want);
  });
});

it.each`
  exposure                                                              | want
  ${NO_EXPOSURE}                                                        | ${'no traffic'}
  ${weight(0.01)}                                                       | ${'0.01 % of the traffic'}
  ${mirror(10)}                                                         | ${'a copy of 10 %'}
  ${{ weight: 5, headerRoutes: [beta, staff], mirror: { percent: 1 } }} | ${'5 % of the traffic and header route beta and header route staff and a copy of 1 %'}
`('is put in words: $want', ({ exposure, want }) => {
  expect(describeExposure(exposure)).toBe(want);
});

describe('any exposures', () => {
  // Few values, so that parts of two of them are often the same.
  const exposures: fc.Arbitrary<Exposure> = fc
    .record({
      weight: fc.constantFrom(0, 0.01, 5, 5.01),
      headerRoutes: fc.array(fc.constantFrom(beta, staff, again), {
        maxLength: 2,
      }),
      mirrored: fc.constantFrom(undefined, 0, 10),
    })
    .map(({ mirrored, ...exposure }) =>
      mirrored === undefined
        ? exposure
        : { ...exposure, mirror: { percent: mirrored } },
    );
  const pairs = fc.tuple(exposures, exposures);
  const triples = fc.tuple(exposures, exposures, exposures);
  const within = (a: Exposure, b: Exposure) => !exceeds(a, b);
  const nameless = (exposure: Exposure): Exposure => ({
    ...exposure,
    headerRoutes: exposure.headerRoutes.map(route => ({ ...route, name: '' })),
  });

  /** The smallest exposures that break a law; undefined when it holds. */
  function exceptionTo<T>(law: (of: T) => boolean, arbitrary: fc.Arbitrary<T>) {
    const property = fc.property(arbitrary, law);
    return fc.check(property, { numRuns: 2_000 }).counterexample?.[0];
  }

  it('are the same as themselves, as each other, and as what both are', () => {
    expect(exceptionTo(a => sameExposure(a, a), exposures)).toBeUndefined();
    expect(
      exceptionTo(([a, b]) => sameExposure(a, b) === sameExposure(b, a), pairs),
    ).toBeUndefined();
    expect(
      exceptionTo(
        ([a, b, c]) =>
          !sameExposure(a, b) || !sameExposure(b, c) || sameExposure(a, c),
        triples,
      ),
    ).toBeUndefined();
  });

  it('stay within themselves, and within all that is wider than what they stay within', () => {
    expect(exceptionTo(a => within(a, a), exposures)).toBeUndefined();
    expect(
      exceptionTo(
        ([a, b, c]) => !within(a, b) || !within(b, c) || within(a, c),
        triples,
      ),
    ).toBeUndefined();
  });

  it('let the same users in, if and only if neither exceeds the other', () => {
    expect(
      exceptionTo(
        ([a, b]) =>
          (within(a, b) && within(b, a)) ===
          sameExposure(nameless(a), nameless(b)),
        pairs,
      ),
    ).toBeUndefined();
  });

  it('exceed nobody as soon as they let anybody in', () => {
    expect(
      exceptionTo(a => exceeds(a, NO_EXPOSURE) === isExposed(a), exposures),
    ).toBeUndefined();
    expect(exceptionTo(a => within(NO_EXPOSURE, a), exposures)).toBeUndefined();
  });

  it('lie between themselves and any other, whichever comes first', () => {
    expect(
      exceptionTo(
        ([a, b]) => liesBetween(a, a, b) && liesBetween(a, b, a),
        pairs,
      ),
    ).toBeUndefined();
    expect(
      exceptionTo(
        ([read, a, b]) => liesBetween(read, a, b) === liesBetween(read, b, a),
        triples,
      ),
    ).toBeUndefined();
  });

  it('lie between one and the same only as the same', () => {
    expect(
      exceptionTo(
        ([a, b]) => liesBetween(a, b, b) === sameExposure(a, b),
        pairs,
      ),
    ).toBeUndefined();
  });

  it('let in nobody whom neither of the two does that they lie between', () => {
    expect(
      exceptionTo(([read, a, b]) => {
        const both = {
          weight: Math.max(a.weight, b.weight),
          headerRoutes: [...a.headerRoutes, ...b.headerRoutes],
          mirror: {
            percent: Math.max(a.mirror?.percent ?? 0, b.mirror?.percent ?? 0),
          },
        };
        return !liesBetween(read, a, b) || within(read, both);
      }, triples),
    ).toBeUndefined();
  });
});
