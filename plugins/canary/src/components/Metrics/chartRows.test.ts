import { measurementFixture } from '../../__testUtils__';
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
});
