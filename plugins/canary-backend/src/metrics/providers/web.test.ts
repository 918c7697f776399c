import { mockServices } from '@backstage/backend-test-utils';
import { testMetricProvider } from 'backstage-plugin-canary-node/testUtils';
import fc from 'fast-check';
import { systemClock } from '../../clock/systemClock';
import { web } from './web';

function connect(
  raw: Record<string, unknown>,
  fetchLike: typeof fetch = fetch,
) {
  return web.connect(web.config.parse(raw), {
    name: 'main',
    fetch: fetchLike,
    logger: mockServices.logger.mock(),
    clock: systemClock,
  });
}

testMetricProvider('web as a metric provider', {
  connect: ({ url, secret, timeoutMs }) =>
    connect({ url, headers: { 'x-key': secret }, timeout: `${timeoutMs}ms` }),
  query: '/stats#$.series[*].value',
  answers: {
    value: '{"series":[{"value":42.5}]}',
    empty: '{"series":[]}',
    notANumber: '{"series":[{"value":"NaN"}]}',
    several: '{"series":[{"value":1},{"value":2}]}',
  },
});

describe('web', () => {
  const window = { from: 1_700_000_000_000, to: 1_700_000_060_000 };
  const { signal } = new AbortController();

  async function ask(query: string, body: string, url = 'http://host') {
    let sent = '';
    const source = connect({ url }, async target => {
      sent = String(target);
      return new Response(body);
    });
    return { ...(await source.query({ query, window, signal })), sent };
  }

  it.each([
    ['http://host', '/stats?a=b#$.x', 'http://host/stats?a=b'],
    ['http://host/base/', '/stats#$.x', 'http://host/base/stats'],
    ['http://host/?key=1', '/stats?a=b#$.x', 'http://host/stats?key=1&a=b'],
    ['http://host', '//elsewhere/stats#$.x', 'http://host//elsewhere/stats'],
    [
      'http://host',
      '/s?pods=%5Ea%5C.b%24#$.x',
      'http://host/s?pods=%5Ea%5C.b%24',
    ],
  ])('asks %s for %s', async (url, query, want) => {
    expect((await ask(query, '{"x":1}', url)).sent).toBe(want);
  });

  it.each([
    ['a number', '#$.a.b', '{"a":{"b":1.5}}', 1.5],
    ['a numeric text', '#$.a', '{"a":" 1e3 "}', 1000],
    ['zero', '#$.a', '{"a":0}', 0],
    ['null', '#$.a', '{"a":null}', undefined],
    ['nothing at the path', '#$.b', '{"a":1}', undefined],
    ['a filtered entry', '#$.a[?(@.n=="x")].v', '{"a":[{"n":"x","v":2}]}', 2],
    ['an answer that is the number', '', '7', 7],
    ['a path into a bare number', '#$.a', '7', undefined],
  ])('reads %s', async (_, path, body, want) => {
    expect((await ask(`/stats${path}`, body)).value).toBe(want);
  });

  it.each([
    ['a boolean', '#$.a', '{"a":true}', 'a boolean at $.a, not a number'],
    ['an empty text', '#$.a', '{"a":""}', 'a string at $.a'],
    ['a text', '#$.a', '{"a":"12 apples"}', 'a string at $.a'],
    ['an array', '#$.a', '{"a":[1]}', 'an array at $.a'],
    ['two values', '#$..v', '{"a":{"v":1},"b":{"v":2}}', '2 values at $..v'],
    ['a broken path', '#$.a[?(', '{"a":[1]}', 'could not be searched'],
  ])('refuses %s', async (_, path, body, want) => {
    await expect(ask(`/stats${path}`, body)).rejects.toThrow(want);
  });

  it('runs no code of a path', async () => {
    const path = '#$.a[?(globalThis.process.exit(3))]';
    await expect(ask(`/stats${path}`, '{"a":[1]}')).rejects.toThrow(
      'could not be searched',
    );
  });

  it.each(['stats', '/a/../b', '/a/%2e%2E/b', '/a/./b', '/..'])(
    'refuses to ask for %s',
    async query => {
      await expect(ask(query, '1')).rejects.toThrow('cannot be asked');
    },
  );

  it('survives an answer nested without end', async () => {
    const deep = `${'['.repeat(200_000)}1${']'.repeat(200_000)}`;
    await expect(ask('/stats#$..x', deep)).rejects.toThrow('Metrics source');
  });

  it('never lets a text out of its place in a query', () => {
    const { escape } = connect({ url: 'http://host' });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), value => {
        const escaped = escape({ type: 'string', value });
        expect(escaped).toMatch(/^[\w.~%-]*$/);
        expect(decodeURIComponent(escaped)).toBe(value);
      }),
    );
  });

  async function askBuckets(query: string, body: string) {
    const source = connect(
      { url: 'http://host' },
      async () => new Response(body),
    );
    return source.queryBuckets!({ query, window, signal });
  }

  it('reads buckets from an object of bound to count', async () => {
    const body = '{"le":{"0.1":7,"0.5":"9","+Inf":10}}';
    expect(await askBuckets('/stats#$.le', body)).toEqual({
      buckets: [
        { bound: 0.1, count: 7 },
        { bound: 0.5, count: 9 },
        { bound: Infinity, count: 10 },
      ],
      warnings: [],
    });
  });

  it('reads no buckets where there is nothing', async () => {
    expect((await askBuckets('/stats#$.le', '{}')).buckets).toEqual([]);
  });

  it.each([
    ['a number', '{"le":7}', 'has a number at $.le, not an object'],
    ['a list', '{"le":[1]}', 'has an array at $.le, not an object'],
    ['a word for a bound', '{"le":{"fast":1}}', 'has the key "fast" at $.le'],
    ['a count that is none', '{"le":{"1":{}}}', 'has an object at $.le["1"]'],
    ['one bucket twice', '{"le":{"1":1,"1.0":1}}', 'the same bucket twice'],
  ])('refuses %s instead of buckets', async (_, body, want) => {
    await expect(askBuckets('/stats#$.le', body)).rejects.toThrow(want);
  });
});
