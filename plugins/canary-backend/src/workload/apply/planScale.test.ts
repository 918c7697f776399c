import { planScale } from './planScale';

describe('planScale', () => {
  it.each([
    [0, 10, undefined, 1],
    [5, 10, undefined, 1],
    [10, 10, undefined, 1],
    [10.01, 10, undefined, 2],
    [25, 10, undefined, 3],
    [50, 5, undefined, 3],
    [99.99, 100, undefined, 100],
    // 8.8 x 100 x 125 / 10000 is more than 11 in binary fractions.
    [8.8, 125, undefined, 11],
    [7, 100, undefined, 7],
    [14, 50, undefined, 7],
    [0.01, 1, undefined, 1],
    [5, 10, 4, 4],
    [50, 10, 4, 5],
    [50, 10, 0, 5],
  ])(
    'gives weight %d of %d pods (at least %p) %d',
    (weight, stableReplicas, minimum, want) => {
      expect(planScale({ weight, stableReplicas, minimum })).toBe(want);
    },
  );
});
