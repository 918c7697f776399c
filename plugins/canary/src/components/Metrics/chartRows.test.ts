import { Evidence } from 'backstage-plugin-canary-common';
import { evidenceFixture, measurementFixture } from '../../__testUtils__';
import { chartRows } from './chartRows';

describe('chartRows', () => {
  it('makes a gap, never a zero, of what is missing', () => {
    const rows = chartRows([
      measurementFixture(0, { canary: undefined, stable: Infinity }),
      measurementFixture(1, { canary: 0, threshold: undefined }),
      measurementFixture(2, { canary: null as never, threshold: { min: 99 } }),
    ]);
    expect(
      rows.map(({ canary, stable, max, min }) => [canary, stable, max, min]),
    ).toEqual([
      [null, null, 1, null],
      [0, 0.3, null, null],
      [null, 0.3, null, 99],
    ]);
  });

  it('leaves out what happened at no time', () => {
    expect(chartRows([measurementFixture(0, { at: 'yesterday' })])).toEqual([]);
  });

  const closed = { lower: 0.2, upper: 0.7 };
  it.each<[string, object | undefined, Partial<Evidence> | undefined, unknown]>(
    [
      ['is absent', undefined, undefined, null],
      ['is closed', closed, undefined, closed],
      ['has one end', { lower: 0.2 }, undefined, { lower: 0.2, upper: null }],
      ['has no end', { upper: NaN }, undefined, null],
      [
        'has a zero for an end that the evidence leaves open',
        { lower: 0, upper: 0.7 },
        { lower: undefined },
        { lower: null, upper: 0.7 },
      ],
      [
        'has an end that was found out',
        { lower: 0, upper: 0.7 },
        {},
        { lower: 0, upper: 0.7 },
      ],
    ],
  )('keeps open what is open of a band that %s', (_, band, evidence, want) => {
    const [row] = chartRows([
      measurementFixture(0, {
        band,
        evidence: evidence && evidenceFixture(evidence),
      }),
    ]);
    expect(row.band).toEqual(want);
  });
});
