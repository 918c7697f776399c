import { bandShape, goesBeyond } from './bandShape';

/** Ten pixels for a value of 1, from 0 at the bottom (100) to 10 at the top (0). */
const plot = {
  x: (at: number) => at,
  y: (value: number) => 100 - value * 10,
  from: 0,
  to: 10,
};
const at = (x: number, lower: number | null, upper: number | null) => ({
  at: x,
  interval: { lower, upper },
});

describe('bandShape', () => {
  it('draws both ends of a closed band and what lies between them', () => {
    expect(bandShape([at(0, 2, 6), at(50, 3, 5)], plot)).toEqual({
      area: 'M0,40L50,50L50,70L0,80Z',
      edges: 'M0,40L50,50 M0,80L50,70',
      arrows: [],
    });
  });

  it('reaches the edge where an end is open, with an arrow and without a line', () => {
    expect(bandShape([at(0, null, null), at(50, 3, 5)], plot)).toEqual({
      area: 'M0,0L50,50L50,70L0,100Z',
      edges: 'M50,50 M50,70',
      arrows: [
        { x: 0, towards: 'up' },
        { x: 0, towards: 'down' },
      ],
    });
  });

  it('clips an end that is beyond the chart, with an arrow too', () => {
    const { area, arrows } = bandShape([at(0, 2, 80), at(50, 2, 6)], plot);
    expect(area).toBe('M0,0L50,40L50,80L0,80Z');
    expect(arrows).toEqual([{ x: 0, towards: 'up' }]);
  });

  it('breaks where nothing is known, and shows a look without neighbours', () => {
    const gap = { at: 20, interval: null };
    expect(bandShape([at(10, 2, 6), gap, at(30, 2, 6)], plot).area).toBe(
      'M7,40L13,40L13,80L7,80Z M27,40L33,40L33,80L27,80Z',
    );
  });

  it('leaves out a band that is wholly outside', () => {
    expect(bandShape([at(0, 20, 30), at(5, -9, -1)], plot).area).toBe('');
  });

  it('keeps arrows apart', () => {
    const looks = Array.from({ length: 50 }, (_, n) => at(n, 2, null));
    expect(bandShape(looks, plot).arrows.map(({ x }) => x)).toEqual([
      0, 22, 44,
    ]);
  });
});

describe('goesBeyond', () => {
  it.each([
    [null, false],
    [{ lower: 0, upper: 10 }, false],
    [{ lower: null, upper: 10 }, true],
    [{ lower: 0, upper: null }, true],
    [{ lower: 0, upper: 11 }, true],
  ])('%j: %p', (interval, want) => {
    expect(goesBeyond(interval, { from: 0, to: 10 })).toBe(want);
  });
});
