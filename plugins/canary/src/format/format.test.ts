import { ConflictError, InputError, ResponseError } from '@backstage/errors';
import {
  describeError,
  describeImages,
  epochOf,
  formatCount,
  formatDuration,
  formatExactInstant,
  formatInstant,
  formatNumber,
  formatValue,
  formatWeight,
  isConflict,
  isNotAllowed,
  unitScale,
} from '.';

function responseError(status: number, error: object) {
  return ResponseError.fromResponse(
    new Response(JSON.stringify({ error, response: { statusCode: status } }), {
      status,
      headers: { 'content-type': 'application/json' },
    }) as any,
  );
}

describe('formatValue', () => {
  it.each([
    [0.4231, 'percent', '0.4231 %'],
    [12.34567, 'percent', '12.35 %'],
    [0, 'ms', '0 ms'],
    [1234.5, 'ms', '1,235 ms'],
    [1536, 'bytes', '1.5 KiB'],
    [3, 'requests/s', '3 requests/s'],
    [7, '', '7'],
    [-2, 's', '-2 s'],
  ])('writes %p of %p as %p', (value, unit, expected) => {
    expect(formatValue(value, unit)).toBe(expected);
  });

  it.each([NaN, Infinity, -Infinity, undefined, null])(
    'calls %p missing',
    value => {
      expect(formatValue(value, 'ms')).toBeUndefined();
    },
  );
});

describe('formatDuration', () => {
  it.each([
    [0, '0 sec'],
    [999, '1 sec'],
    [61_000, '1 min, 1 sec'],
    [5_400_000, '1 hr, 30 min'],
    [90_061_000, '1 day, 1 hr'],
    [-5, '0 sec'],
    [NaN, '–'],
    [Infinity, '–'],
  ])('writes %p ms as %p', (ms, expected) => {
    expect(formatDuration(ms)).toBe(expected);
  });
});

describe('instants', () => {
  it('keep text that is no instant as it is', () => {
    expect(formatInstant('<b>soon</b>')).toBe('<b>soon</b>');
    expect(formatExactInstant('soon')).toBe('soon');
    expect(epochOf('soon')).toBeUndefined();
  });

  it('give the exact one in UTC', () => {
    expect(formatExactInstant('2026-11-22T21:00:00.123+01:00')).toBe(
      '2026-11-22T20:00:00.123Z',
    );
  });
});

describe('describeImages', () => {
  it.each([
    [{ app: 'shop:v2' }, 'shop:v2'],
    [{ app: 'shop:v2', proxy: 'proxy:1' }, 'app: shop:v2, proxy: proxy:1'],
    [{}, ''],
  ])('writes %p as %p', (images, expected) => {
    expect(describeImages(images as Record<string, string>)).toBe(expected);
  });
});

describe('describeError', () => {
  it('prefers the words of who refused over the words of the request', async () => {
    const error = await responseError(409, {
      name: 'ConflictError',
      message: 'A rollout of checkout is running',
    });
    expect(describeError(error)).toEqual({
      name: 'ConflictError',
      status: 409,
      message: 'A rollout of checkout is running',
      problems: [],
    });
    expect(isConflict(error)).toBe(true);
  });

  it('lists every field that a validator complains about', async () => {
    const error = await responseError(400, {
      name: 'InputError',
      message: 'The request is wrong',
      errors: [
        { path: '/body/image', message: 'must be a string' },
        { message: 'must have entityRef' },
        'nonsense',
      ],
    });
    expect(describeError(error).problems).toEqual([
      '/body/image must be a string',
      'must have entityRef',
    ]);
  });

  it.each([
    [new InputError('wrong'), false, false],
    [new ConflictError('late'), true, false],
    ['a string', false, false],
    [undefined, false, false],
  ])('tells what %p is', (error, conflict, notAllowed) => {
    expect(isConflict(error)).toBe(conflict);
    expect(isNotAllowed(error)).toBe(notAllowed);
  });
});

describe('a locale', () => {
  const at = '2026-11-22T20:05:45.000Z';

  it.each([
    ['a value', formatValue(1234.5, 'ms', 'de'), '1.235 ms'],
    ['a share', formatWeight(12.5, 'de'), '12,5 %'],
    ['a count', formatCount(1234567.4, 'de'), '1.234.567'],
    ['a duration', formatDuration(61_000, 'de'), '1 Min. und 1 Sek.'],
    [
      'an instant',
      formatInstant(at, 'de')?.replace(/,.*/, ''),
      '22. Nov. 2026',
    ],
  ])('says how %s is written', (_, written, want) => {
    expect(written).toBe(want);
  });
});

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [999.96, '1,000'],
    [999_999.4, '999,999'],
    [1_532_000, '1.532M'],
    [3.2e-9, '3.2×10⁻⁹'],
    [-4.56e18, '-4.56×10¹⁸'],
  ])('writes %p as %p', (value, want) => {
    expect(formatNumber(value, 'en')).toBe(want);
  });
});

describe('the unit of a value', () => {
  it.each([
    [99.99912, 'percent', '99.99912 %'],
    [99.5, 'percent', '99.5 %'],
    [0.00002, 's', '0.02 ms'],
    [7200, 's', '2 h'],
    [45_000, 'ms', '45 s'],
    [3 * 1024 ** 5, 'bytes', '3 PiB'],
  ])('is one in which %p of %p reads best: %p', (value, unit, want) => {
    expect(formatValue(value, unit, 'en')).toBe(want);
  });

  it('may be that of an axis', () => {
    expect(unitScale('bytes', 3 * 1024 ** 2)).toEqual({
      factor: 1 / 1024 ** 2,
      word: 'MiB',
    });
  });
});
