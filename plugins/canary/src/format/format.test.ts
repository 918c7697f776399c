import { ConflictError, InputError, ResponseError } from '@backstage/errors';
import {
  describeError,
  describeImages,
  epochOf,
  formatDuration,
  formatExactInstant,
  formatInstant,
  formatValue,
  isConflict,
  isNotAllowed,
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
