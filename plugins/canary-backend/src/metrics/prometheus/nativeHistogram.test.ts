import fc from 'fast-check';
import { nativeBuckets, nativeHistogram } from './nativeHistogram';
import { nativeAnswer } from '../testing/observedBuckets';

type Raw = [rule: number, left: string, right: string, count: string][];

const numberOf = (text: string) =>
  Number(text.replace('Inf', 'Infinity') || 'NaN');

function read(count: string, buckets?: Raw) {
  return nativeBuckets({ count, buckets }, numberOf);
}

describe('nativeBuckets', () => {
  it.each<{ of: string; count: string; buckets?: Raw; want: object }>([
    {
      of: 'an exponential histogram with a gap',
      count: '10',
      buckets: [
        [0, '0.5', '0.7071067811865475', '4'],
        [0, '0.7071067811865475', '1', '1'],
        [0, '4', '5.656854249492381', '5'],
      ],
      want: {
        sparse: 'exponential',
        counts: {
          0.5: 0,
          0.7071067811865475: 4,
          1: 5,
          4: 5,
          5.656854249492381: 10,
          Infinity: 10,
        },
      },
    },
    {
      of: 'increases, which are no whole numbers',
      count: '3.3333333333333335',
      buckets: [
        [0, '1', '2', '1.1111111111111112'],
        [0, '2', '4', '2.2222222222222223'],
      ],
      want: {
        sparse: 'exponential',
        counts: {
          1: 0,
          2: 1.1111111111111112,
          4: 3.3333333333333335,
          Infinity: 3.3333333333333335,
        },
      },
    },
    {
      of: 'negative, zero and overflowing observations',
      count: '15',
      buckets: [
        [1, '-2', '-1', '1'],
        [3, '-0.001', '0.001', '2'],
        // Clipped by the server: a zero bucket may end within another.
        [0, '0.001', '0.001953125', '4'],
        [0, '1.7976931348623157e+308', '+Inf', '8'],
      ],
      want: {
        sparse: 'exponential',
        counts: {
          '-2': 0,
          '-1': 1,
          '-0.001': 1,
          0.001: 3,
          0.001953125: 7,
          1.7976931348623157e308: 7,
          Infinity: 15,
        },
      },
    },
    {
      of: 'zero itself',
      count: '2',
      buckets: [[3, '-0', '0', '2']],
      want: { sparse: 'exponential', counts: { 0: 2, Infinity: 2 } },
    },
    {
      of: 'nothing',
      count: '0',
      want: { sparse: 'exponential', counts: { Infinity: 0 } },
    },
    {
      of: "somebody's own bounds",
      count: '7',
      buckets: [
        [0, '-Inf', '0.005', '1'],
        [0, '0.005', '0.01', '2'],
        [0, '10', '+Inf', '4'],
      ],
      want: {
        sparse: 'custom',
        counts: { 0.005: 1, 0.01: 3, 10: 3, Infinity: 7 },
      },
    },
    {
      of: 'what is beyond the last of those alone',
      count: '4',
      buckets: [[0, '8', '+Inf', '4']],
      want: { sparse: 'custom', counts: { 8: 0, Infinity: 4 } },
    },
    {
      of: 'bounds of which only the lower is no power of two',
      count: '4',
      buckets: [[0, '0.1', '0.25', '4']],
      want: { sparse: 'custom', counts: { 0.1: 0, 0.25: 4, Infinity: 4 } },
    },
  ])('counts $of', ({ count, buckets, want }) => {
    const found = read(count, buckets);
    if ('problem' in found) throw new Error(found.problem);
    expect({
      sparse: found.sparse,
      counts: Object.fromEntries(
        found.buckets.map(one => [one.bound, one.count]),
      ),
    }).toEqual(want);
    const bounds = found.buckets.map(({ bound }) => bound);
    expect(bounds).toEqual([...bounds].sort((one, other) => one - other));
  });

  const overlap = 'has buckets that overlap or do not ascend';
  const noCount = 'has a count that is negative or not a finite number';
  it.each<{ of: string; count: string; buckets: Raw; want: string }>([
    {
      of: 'buckets that overlap',
      count: '2',
      buckets: [
        [0, '1', '4', '1'],
        [0, '2', '4', '1'],
      ],
      want: overlap,
    },
    {
      of: 'buckets that descend',
      count: '2',
      buckets: [
        [0, '2', '4', '1'],
        [0, '1', '2', '1'],
      ],
      want: overlap,
    },
    {
      of: 'the same bucket twice',
      count: '2',
      buckets: [
        [0, '1', '2', '1'],
        [0, '1', '2', '1'],
      ],
      want: overlap,
    },
    {
      of: 'a bucket that ends before it begins',
      count: '1',
      buckets: [[0, '2', '1', '1']],
      want: overlap,
    },
    {
      of: 'a bucket without any room',
      count: '1',
      buckets: [[0, '2', '2', '1']],
      want: overlap,
    },
    {
      of: 'a bound that is no number',
      count: '1',
      buckets: [[0, 'NaN', '2', '1']],
      want: overlap,
    },
    {
      of: 'a bound that is not there',
      count: '1',
      buckets: [[0, '1', '', '1']],
      want: overlap,
    },
    {
      of: 'a bucket that begins at no end',
      count: '1',
      buckets: [[0, '+Inf', '+Inf', '1']],
      want: overlap,
    },
    {
      of: 'latencies that a bound does not include',
      count: '1',
      buckets: [[1, '1', '2', '1']],
      want: 'has a bucket above 0 that is not open to the left only',
    },
    {
      of: 'a count of a bucket that is no number',
      count: '1',
      buckets: [[0, '1', '2', 'NaN']],
      want: noCount,
    },
    {
      of: 'an endless count of a bucket',
      count: '1',
      buckets: [[0, '1', '2', '+Inf']],
      want: noCount,
    },
    {
      of: 'a negative count of a bucket',
      count: '1',
      buckets: [
        [0, '1', '2', '2'],
        [0, '2', '4', '-1'],
      ],
      want: noCount,
    },
    { of: 'a count that is no number', count: 'x', buckets: [], want: noCount },
    { of: 'a negative count', count: '-1', buckets: [], want: noCount },
    {
      of: 'fewer requests in its buckets than it counts',
      count: '10',
      buckets: [[0, '1', '2', '9']],
      want: 'counts 10 requests and has 9 of them in its buckets',
    },
    {
      of: 'more requests in its buckets than it counts',
      count: '8',
      buckets: [[0, '1', '2', '9']],
      want: 'counts 8 requests and has 9 of them in its buckets',
    },
    {
      of: 'requests in no bucket at all',
      count: '8',
      buckets: [],
      want: 'counts 8 requests and has 0 of them in its buckets',
    },
  ])('refuses $of', ({ count, buckets, want }) => {
    expect(read(count, buckets)).toEqual({ problem: want });
  });

  it.each([-1, 4, 0.5])('knows no rule %d', rule => {
    const buckets = [[rule, '1', '2', '1']];
    expect(nativeHistogram.safeParse({ count: '1', buckets }).success).toBe(
      false,
    );
  });

  it('counts exactly at every power of two, by every schema from 0 to 8', () => {
    const seconds = fc.double({ min: 1e-6, max: 100, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(seconds, { maxLength: 50 }),
        fc.integer({ min: 0, max: 8 }),
        fc.integer({ min: -20, max: 8 }),
        (latencies, schema, exponent) => {
          const raw = nativeHistogram.parse(nativeAnswer(latencies, schema));
          const found = nativeBuckets(raw, numberOf);
          if ('problem' in found) throw new Error(found.problem);
          expect(found.sparse).toBe('exponential');
          const bound = 2 ** exponent;
          const below = found.buckets.filter(one => one.bound <= bound);
          expect(below[below.length - 1]?.count ?? 0).toBe(
            latencies.filter(one => one <= bound).length,
          );
        },
      ),
    );
  });

  it('gives ascending bounds and counts that never fall, or a reason', () => {
    const text = fc.oneof(
      fc.constantFrom('NaN', '+Inf', '-Inf', '', '-0', 'x', '1e999'),
      fc.integer({ min: -3, max: 9 }).map(String),
    );
    const bucket = fc.tuple(fc.integer({ min: 0, max: 3 }), text, text, text);
    fc.assert(
      fc.property(text, fc.array(bucket, { maxLength: 4 }), (count, raw) => {
        const found = read(count, raw);
        if ('problem' in found) return;
        const { buckets } = found;
        expect(buckets[buckets.length - 1].bound).toBe(Infinity);
        buckets.slice(1).forEach((one, index) => {
          expect(one.bound).toBeGreaterThan(buckets[index].bound);
          expect(one.count).toBeGreaterThanOrEqual(buckets[index].count);
        });
      }),
      { numRuns: 2_000 },
    );
  });
});
