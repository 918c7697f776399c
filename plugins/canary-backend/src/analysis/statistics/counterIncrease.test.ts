import { counterIncrease } from './counterIncrease';

describe('counterIncrease', () => {
  it.each([
    ['what was added', 10, 25, 15],
    ['whole numbers', 10, 24.6, 15],
    ['nothing', 10, 10, 0],
    ['no count over a restart', 10, 3, undefined],
    ['no count without the first scrape', undefined, 3, undefined],
    ['no count without the last scrape', 10, undefined, undefined],
    ['no count of what is no number', 10, NaN, undefined],
  ])('gives %s: %s to %s', (_, before, after, want) => {
    expect(counterIncrease(before, after)).toBe(want);
  });
});
