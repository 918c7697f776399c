import { measurementFixture } from '../../__testUtils__';
import { chartRange } from './chartRange';
import { chartRows } from './chartRows';
import { chartSpan } from './chartSpan';
import { tickWords } from './tickWords';

const rangeOf = (
  values: readonly number[],
  unit = 'percent',
  band?: { lower?: number; upper?: number },
) =>
  chartRange(
    chartRows(
      values.map((canary, n) =>
        measurementFixture(n, {
          canary,
          stable: undefined,
          threshold: undefined,
          band,
        }),
      ),
    ),
    unit,
  );

describe('chartRange', () => {
  it('begins at zero', () => {
    expect(rangeOf([1, 3])).toMatchObject({ from: 0, to: 4 });
  });

  it('begins near values that are close to each other and far from zero', () => {
    expect(rangeOf([99.91, 99.99]).from).toBeGreaterThan(99.8);
  });

  it('leaves the values room beside an endless band', () => {
    expect(rangeOf([1, 3], 'percent', { lower: 0, upper: 900 }).to).toBe(6);
  });

  it('shows something where there is no number', () => {
    expect(rangeOf([NaN])).toMatchObject({ from: 0, to: 1 });
  });

  it('speaks one unit along the axis', () => {
    const range = rangeOf([200 * 1024, 3 * 1024 * 1024], 'bytes');
    expect(range.scale.word).toBe('MiB');
    expect(tickWords(range, 'en')).toEqual(['0', '1', '2', '3', '4']);
  });
});

describe('tickWords', () => {
  it('tells neighbours apart, in the manner of the locale', () => {
    const words = tickWords(rangeOf([99.91, 99.99]), 'de');
    expect(new Set(words).size).toBe(words.length);
    expect(words[0]).toMatch(/^99,\d+$/);
  });
});

describe('chartSpan', () => {
  it.each([
    [[10, 20, 30], 10, 30],
    [[90_000], 60_000, 120_000],
    [[], -30_000, 30_000],
  ])('of %p is %p to %p', (times, from, to) => {
    expect(chartSpan(times.map(at => ({ at })))).toEqual({ from, to });
  });
});
