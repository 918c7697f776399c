import { Verdict } from 'backstage-plugin-canary-common';
import { gravity, thinOut } from './thinOut';

const rowsOf = (count: number, grave: Record<number, Verdict> = {}) =>
  Array.from({ length: count }, (_, at) => ({
    at,
    verdict: grave[at] ?? ('Pass' as Verdict),
  }));

describe('thinOut', () => {
  it('leaves a short series as it is', () => {
    const rows = rowsOf(10);
    expect(thinOut(rows, 10)).toBe(rows);
  });

  it('keeps every lonely failure and both ends of a long series', () => {
    const grave = { 777: 'Fail', 1234: 'NoData', 3998: 'Error' } as const;
    const kept = thinOut(rowsOf(4000, grave), 200).map(({ at }) => at);
    expect(kept.length).toBeLessThanOrEqual(202);
    expect(kept).toEqual(expect.arrayContaining([0, 777, 1234, 3998, 3999]));
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
  });

  it('counts a verdict it does not know as no data', () => {
    expect(gravity('Later' as Verdict)).toBe(gravity('NoData'));
  });
});
