import { mockServices } from '@backstage/backend-test-utils';
import { testMetricProvider } from 'backstage-plugin-canary-node/testUtils';
import fc from 'fast-check';
import { systemClock } from '../../clock/systemClock';
import { prometheus } from './prometheus';

function connect(
  raw: Record<string, unknown>,
  fetchLike: typeof fetch = fetch,
) {
  return prometheus.connect(prometheus.config.parse(raw), {
    name: 'main',
    fetch: fetchLike,
    logger: mockServices.logger.mock(),
    clock: systemClock,
  });
}

function vector(...values: string[]): string {
  return JSON.stringify({
    status: 'success',
    data: {
      resultType: 'vector',
      result: values.map(value => ({ metric: {}, value: [1700000060, value] })),
    },
  });
}

testMetricProvider('prometheus as a metric provider', {
  connect: ({ url, secret, timeoutMs }) =>
    connect({ url, bearer: secret, timeout: `${timeoutMs}ms` }),
  query: 'sum(up)',
  answers: {
    value: vector('42.5'),
    empty: vector(),
    notANumber: vector('NaN'),
    several: vector('1', '2'),
  },
});

describe('prometheus', () => {
  const request = {
    query: 'sum(up)',
    window: { from: 1_700_000_000_000, to: 1_700_000_060_500 },
    signal: new AbortController().signal,
  };

  /** Remembers what was sent, and answers with the body. */
  function recording(body: string) {
    const sent: { url: URL; headers: Headers }[] = [];
    const fetchLike: typeof fetch = async (url, init) => {
      sent.push({
        url: new URL(String(url)),
        headers: new Headers(init?.headers),
      });
      return new Response(body);
    };
    return { sent, fetchLike };
  }

  it.each([
    ['http://host:9090', '/api/v1/query'],
    ['http://host:9090/', '/api/v1/query'],
    ['http://host/prometheus', '/prometheus/api/v1/query'],
    ['http://host/prometheus/api/v1/', '/prometheus/api/v1/query'],
  ])('asks below %s', async (url, wantPath) => {
    const { sent, fetchLike } = recording(vector('1'));
    await connect({ url }, fetchLike).query(request);
    expect(sent[0].url.pathname).toBe(wantPath);
    expect(sent[0].url.searchParams.get('query')).toBe('sum(up)');
    expect(sent[0].url.searchParams.get('time')).toBe('1700000060.5');
  });

  it.each([
    ['a bearer', { bearer: 'abc' }, 'Bearer abc'],
    [
      'basic credentials',
      { basic: { username: 'u', password: 'p' } },
      `Basic ${btoa('u:p')}`,
    ],
    [
      'credentials in the URL',
      { url: 'http://u:p%40@host' },
      `Basic ${btoa('u:p@')}`,
    ],
  ])('authenticates with %s', async (_, config, want) => {
    const { sent, fetchLike } = recording(vector('1'));
    const headers = { 'X-Scope-OrgID': 'team' };
    await connect({ url: 'http://host', headers, ...config }, fetchLike).query(
      request,
    );
    expect(sent[0].headers.get('authorization')).toBe(want);
    expect(sent[0].headers.get('x-scope-orgid')).toBe('team');
    expect(sent[0].url.username).toBe('');
  });

  it('names its tenant', async () => {
    const { sent, fetchLike } = recording(vector('1'));
    const config = { url: 'http://host', tenant: 'team-a' };
    await connect(config, fetchLike).query(request);
    expect(sent[0].headers.get('x-scope-orgid')).toBe('team-a');
  });

  it.each([
    ['1e3', 1000],
    ['+Inf', Infinity],
    ['-Inf', -Infinity],
    ['', NaN],
    ['0x10', 16],
  ])('reads %j as %d', async (text, want) => {
    const { fetchLike } = recording(vector(text));
    const { value } = await connect({ url: 'http://host' }, fetchLike).query(
      request,
    );
    expect(value).toBe(want);
  });

  it('reads a scalar, its time, and what the server tells of the query', async () => {
    const { fetchLike } = recording(
      JSON.stringify({
        status: 'success',
        infos: ['metric might not be a counter, says hunter22'],
        data: { resultType: 'scalar', result: [1700000060.25, '3'] },
      }),
    );
    const source = connect(
      { url: 'http://host', bearer: 'hunter22' },
      fetchLike,
    );
    await expect(source.query(request)).resolves.toEqual({
      value: 3,
      at: 1700000060250,
      warnings: ['metric might not be a counter, says ***'],
    });
  });

  it('takes no number of an answer that is not whole', async () => {
    const { fetchLike } = recording(
      JSON.stringify({
        status: 'success',
        warnings: ['store-2 of user:hunter22 is down'],
        data: { resultType: 'scalar', result: [1700000060.25, '3'] },
      }),
    );
    const source = connect(
      { url: 'http://host', bearer: 'hunter22' },
      fetchLike,
    );
    await expect(source.query(request)).rejects.toThrow(
      'warns that its answer is not whole: store-2 of user:*** is down',
    );
  });

  it.each([
    ['matrix', { resultType: 'matrix', result: [] }, 'a matrix'],
    ['string', { resultType: 'string', result: [1, 'x'] }, 'a string'],
    [
      'native histogram',
      { resultType: 'vector', result: [{ metric: {}, histogram: [1, {}] }] },
      'native histogram',
    ],
    ['missing result', undefined, 'nothing'],
  ])('refuses a %s where one value is asked for', async (_, data, want) => {
    const { fetchLike } = recording(
      JSON.stringify({ status: 'success', data }),
    );
    await expect(
      connect({ url: 'http://host' }, fetchLike).query(request),
    ).rejects.toThrow(want);
  });

  it("says the server's reason, whatever the status", async () => {
    const body = {
      status: 'error',
      errorType: 'bad_data',
      error: 'parse error',
    };
    const { fetchLike } = recording(JSON.stringify(body));
    await expect(
      connect({ url: 'http://host' }, fetchLike).query(request),
    ).rejects.toThrow(
      'Metrics source "main" refused the query: bad_data: parse error',
    );
  });

  it('reads the points of one series', async () => {
    const { sent, fetchLike } = recording(
      JSON.stringify({
        status: 'success',
        data: {
          resultType: 'matrix',
          result: [
            {
              metric: {},
              values: [
                [1700000000, '1'],
                [1700000015, 'NaN'],
              ],
            },
          ],
        },
      }),
    );
    const source = connect({ url: 'http://host' }, fetchLike);
    await expect(
      source.queryRange!({ ...request, stepMs: 15_000 }),
    ).resolves.toEqual({
      points: [
        { at: 1700000000000, value: 1 },
        { at: 1700000015000, value: NaN },
      ],
      warnings: [],
    });
    expect(Object.fromEntries(sent[0].url.searchParams)).toEqual({
      query: 'sum(up)',
      start: '1700000000',
      end: '1700000060.5',
      step: '15',
    });
  });

  it.each([
    [
      'a plain name',
      { type: 'string', value: 'checkout-v2.1_x' },
      'checkout-v2.1_x',
    ],
    [
      'a pattern',
      { type: 'pattern', value: '^a\\.b-[a-z]{5}$' },
      '^a\\\\.b-[a-z]{5}$',
    ],
    ['quotes', { type: 'string', value: '"\'`' }, '\\u0022\\u0027\\u0060'],
    ['a line break', { type: 'string', value: 'a\nb' }, 'a\\u000ab'],
    ['an emoji', { type: 'string', value: '🐤' }, '\\U0001f424'],
    ['seconds', { type: 'durationMs', value: 30_000 }, '30s'],
    ['milliseconds', { type: 'durationMs', value: 1_500 }, '1500ms'],
  ] as const)('escapes %s', (_, argument, want) => {
    expect(connect({ url: 'http://host' }).escape(argument)).toBe(want);
  });

  it('never lets a text out of its quotes', () => {
    const { escape } = connect({ url: 'http://host' });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), value => {
        expect(escape({ type: 'string', value })).toMatch(
          /^(?:[^"'`\\\r\n]|\\\\|\\u[0-9a-f]{4}|\\U[0-9a-f]{8})*$/,
        );
      }),
    );
  });

  it.each([
    ['no URL', {}],
    ['another protocol', { url: 'file:///etc/passwd' }],
    ['an unknown key', { url: 'http://host', tokn: 'x' }],
    ['an endless timeout', { url: 'http://host', timeout: '10m' }],
    [
      'two credentials',
      {
        url: 'http://host',
        bearer: 'abc',
        oauth2: { tokenUrl: 'http://host', clientId: 'a', clientSecret: 'b' },
      },
    ],
    [
      'half a client certificate',
      { url: 'http://host', tls: { certFile: 'a' } },
    ],
  ])('refuses %s in its configuration', (_, raw) => {
    expect(prometheus.config.safeParse(raw).success).toBe(false);
  });

  function byLabels(...series: [object, string][]): string {
    const result = series.map(([metric, value]) => ({
      metric,
      value: [1700000060.5, value],
    }));
    const data = { resultType: 'vector', result };
    return JSON.stringify({ status: 'success', data });
  }
  const askBuckets = (body: string) =>
    connect({ url: 'http://host' }, async () => new Response(body))
      .queryBuckets!(request);

  it('reads one count for each le', async () => {
    const body = byLabels(
      [{ le: '+Inf' }, '10'],
      [{ le: '0.1' }, '7.5'],
      [{ le: '0.5' }, 'NaN'],
    );
    expect(await askBuckets(body)).toEqual({
      buckets: [
        { bound: Infinity, count: 10 },
        { bound: 0.1, count: 7.5 },
        { bound: 0.5, count: NaN },
      ],
      at: 1_700_000_060_500,
      warnings: [],
    });
  });

  it('reads no buckets of an empty answer', async () => {
    expect(await askBuckets(byLabels())).toEqual({ buckets: [], warnings: [] });
  });

  it.each([
    ['no le', byLabels([{}, '1']), 'aggregate them with sum by (le)'],
    [
      'more labels than le',
      byLabels([{ le: '1', pod: 'a' }, '1']),
      'aggregate them with sum by (le)',
    ],
    [
      'a word for a bound',
      byLabels([{ le: 'fast' }, '1']),
      'aggregate them with sum by (le)',
    ],
    [
      'one bucket twice',
      byLabels([{ le: '1' }, '1'], [{ le: '1.0' }, '1']),
      'the same bucket twice',
    ],
    [
      'a series without a number',
      '{"status":"success","data":{"resultType":"vector","result":[{"metric":{}}]}}',
      'aggregate them with sum by (le)',
    ],
  ])('refuses %s instead of buckets', async (_, body, want) => {
    await expect(askBuckets(body)).rejects.toThrow(want);
  });
});
