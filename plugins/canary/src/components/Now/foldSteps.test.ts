import { foldSteps } from './foldSteps';

describe('foldSteps', () => {
  it.each([
    ['no steps', 0, -1, 0, 0],
    ['one step', 1, 0, 0, 1],
    ['a plan that fits', 12, 6, 0, 12],
    ['the middle of a long plan', 42, 22, 20, 28],
    ['its beginning', 42, 0, 0, 8],
    ['before its beginning', 42, -1, 0, 8],
    ['its end', 42, 41, 34, 42],
    ['one that would fold a single step', 42, 3, 0, 9],
  ])('shows of %s', (_, length, at, from, to) => {
    expect(foldSteps(length, at)).toEqual({ from, to });
  });
});
