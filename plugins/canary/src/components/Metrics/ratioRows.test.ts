import { evidenceFixture, measurementFixture } from '../../__testUtils__';
import { ratioRange } from './ratioRange';
import { ratioRows } from './ratioRows';

const looks = (...evidence: Parameters<typeof evidenceFixture>[0][]) =>
  ratioRows(
    evidence.map((each, n) =>
      measurementFixture(n, { evidence: evidenceFixture(each) }),
    ),
  );

describe('ratioRows', () => {
  it('leaves out what has no evidence, and keeps open ends open', () => {
    const rows = ratioRows([
      measurementFixture(0),
      measurementFixture(1, {
        evidence: evidenceFixture({ ratio: undefined, lower: undefined }),
      }),
      measurementFixture(2, {
        evidence: evidenceFixture({ ratio: NaN, lower: 0, upper: Infinity }),
      }),
    ]);
    expect(rows.map(({ ratio, interval }) => [ratio, interval])).toEqual([
      [null, { lower: null, upper: 3.2 }],
      [null, null],
    ]);
  });
});

describe('ratioRange', () => {
  it('has room for half, twice and the limit before anything is known', () => {
    const { from, to, ticks } = ratioRange([], 3);
    expect(from).toBeCloseTo(0.4);
    expect(to).toBeCloseTo(3.75);
    expect(ticks).toEqual([0.5, 1, 2]);
  });

  it('shows what the looks closed in to, not how endless the first were', () => {
    const { from, to } = ratioRange(
      looks(
        { lower: 0.001, upper: 900 },
        { lower: 0.01, upper: 90 },
        { lower: 0.7, upper: 4 },
        { lower: 0.8, upper: 3 },
      ),
      2,
    );
    expect(from).toBeCloseTo(0.4);
    expect(to).toBeCloseTo(5);
  });

  it('stays legible whatever the ratio', () => {
    const { from, to, ticks } = ratioRange(
      looks({ ratio: 1e9, lower: 1e-9, upper: 1e12 }),
      2,
    );
    expect([from, to]).toEqual([1 / 80, 80]);
    expect(ticks.length).toBeLessThanOrEqual(5);
    expect(ticks).toContain(1);
  });
});
