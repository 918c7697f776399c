import { comparedBounds, countUpTo } from './comparedBounds';
import { latencyLadder } from './latencyLadder';

type Arm = Parameters<typeof countUpTo>[0];

function arm(
  sparse: Arm['sparse'],
  counts: Readonly<Record<number, number>>,
  requests: number,
): Arm {
  const buckets = Object.entries(counts)
    .map(([bound, count]) => ({ bound: Number(bound), count }))
    .sort((one, other) => one.bound - other.bound);
  return { requests, buckets, sparse };
}

const LADDER = [1, 2, 4, 8, 16, 32];

describe('comparedBounds', () => {
  const fast = arm('exponential', { 1: 0, 2: 10 }, 10);
  const slow = arm('exponential', { 8: 0, 16: 10 }, 10);
  const own = arm('custom', { 3: 0, 5: 10 }, 10);
  const classic = arm(undefined, { 1: 2, 3: 5, 5: 9 }, 10);

  it.each<[string, Arm[], number[]]>([
    ['natives whose data do not meet', [fast, slow], LADDER],
    ['one native alone', [fast], LADDER],
    ['an idle native', [fast, arm('exponential', {}, 0)], LADDER],
    [
      'a native of a coarser schema, at the bounds of which it is known',
      [fast, arm('exponential', { 1: 0, 4: 10 }, 10)],
      [1, 4, 8, 16, 32],
    ],
    [
      'bounds that somebody chose, all of which are known',
      [own, arm('custom', { 10: 0 }, 10)],
      [3, 5, 10],
    ],
    [
      'bounds that somebody chose, one of which lies inside a bucket',
      [own, arm('custom', { 4: 0, 9: 10 }, 10)],
      [3, 9],
    ],
    ['both sorts of natives', [fast, own], [1, 2, 3, 5]],
    ['classics', [classic, arm(undefined, { 3: 1, 4: 1, 5: 1 }, 1)], [3, 5]],
    [
      'a classic and a native of the same bounds, some empty',
      [own, classic],
      [1, 3, 5],
    ],
    ['a classic and a native that knows only some', [fast, classic], [1, 3, 5]],
    [
      'a classic and a native that knows none',
      [classic, arm('exponential', { 0.5: 0, 8: 10 }, 10)],
      [],
    ],
  ])('takes of %s what is known of all', (_, arms, want) => {
    expect(comparedBounds(arms, LADDER)).toEqual(want);
  });
});

describe('countUpTo', () => {
  const native = arm('exponential', { 1: 0, 2: 3, 8: 3, 16: 10 }, 12);

  it.each([
    ['at a bound', 2, 3],
    ['below the first', 0.1, 0],
    ['in a gap', 4, 3],
    ['inside a bucket', 12, undefined],
    ['where some are beyond the last', 32, undefined],
  ])('of a native histogram %s', (_, bound, want) => {
    expect(countUpTo(native, bound)).toBe(want);
  });

  it('is all beyond the last bucket', () => {
    expect(countUpTo({ ...native, requests: 10 }, 32)).toBe(10);
  });

  it('of a classic histogram is known at its own bounds only', () => {
    const classic = { ...native, sparse: undefined };
    expect(countUpTo(classic, 8)).toBe(3);
    expect(countUpTo(classic, 4)).toBeUndefined();
  });
});

describe('latencyLadder', () => {
  it('is powers of two of the unit that the histogram is in', () => {
    const seconds = latencyLadder({ unit: 'ms', boundScale: 1000 });
    expect(seconds).toEqual([
      0.00762939453125, 0.06103515625, 0.244140625, 0.9765625, 1.953125,
      3.90625, 7.8125, 15.625, 31.25, 62.5, 125, 250, 500, 1000, 2000, 4000,
      16000,
    ]);
    expect(latencyLadder({ unit: 's', boundScale: 1 })).toEqual(
      seconds.map(ms => ms / 1000),
    );
    const millis = latencyLadder({ unit: 'ms', boundScale: 1 });
    expect(millis).toHaveLength(seconds.length);
    expect(millis.slice(-4)).toEqual([1024, 2048, 4096, 16384]);
    const micros = latencyLadder({ unit: 'us', boundScale: 1 });
    expect(micros.slice(0, 2)).toEqual([8, 64]);
    expect(micros.slice(-1)).toEqual([2 ** 24]);
  });
});
