import { mockServices } from '@backstage/backend-test-utils';
import { testMetricProvider } from 'backstage-plugin-canary-node/testUtils';
import fc from 'fast-check';
import { systemClock } from '../../clock/systemClock';
import { Said, serve } from '../testing/serve';
import { elasticsearch, opensearch } from './elasticsearch';

function connect(raw: Record<string, unknown>, provider = elasticsearch) {
  return provider.connect(provider.config.parse(raw), {
    name: 'main',
    fetch,
    logger: mockServices.logger.mock(),
    clock: systemClock,
    random: () => 0,
  });
}

const QUERY = `/logs-*/_search#$.aggregations.slow.value
{ "aggs": { "slow": { "avg": { "field": "took" } } } }`;

function found(aggregations: unknown, overrides: object = {}): string {
  return JSON.stringify({
    took: 5,
    timed_out: false,
    _shards: { total: 1, successful: 1, skipped: 0, failed: 0 },
    hits: { total: { value: 10, relation: 'eq' }, max_score: null, hits: [] },
    aggregations,
    ...overrides,
  });
}

const slow = (value: unknown) => ({ slow: { value } });

testMetricProvider('elasticsearch as a metric provider', {
  connect: ({ url, secret, timeoutMs }) =>
    connect({ url, apiKey: secret, timeout: `${timeoutMs}ms` }),
  query: QUERY.replace('.slow.value', '..value'),
  answers: {
    value: found(slow(42.5)),
    empty: found(slow(null)),
    notANumber: found(slow('NaN')),
    several: found({ pods: { buckets: [{ value: 1 }, { value: 2 }] } }),
  },
});

testMetricProvider('opensearch as a metric provider', {
  connect: ({ url, secret, timeoutMs }) => {
    const basic = { username: 'canary', password: secret };
    const headers = { 'x-key': secret };
    const timeout = `${timeoutMs}ms`;
    return connect({ url, basic, headers, timeout }, opensearch);
  },
  query: QUERY.replace('.slow.value', '..value'),
  answers: {
    value: found(slow(42.5)),
    empty: found({}),
    several: found({ pods: { buckets: [{ value: 1 }, { value: 2 }] } }),
  },
});

describe('elasticsearch', () => {
  const window = { from: 1_700_000_000_000, to: 1_700_000_060_000 };
  const { signal } = new AbortController();
  let server: Awaited<ReturnType<typeof serve>>;
  afterEach(() => server.close());

  async function ask(query: string, said: Said, raw: object = {}) {
    server = await serve(() => said);
    const source = connect({
      url: `${server.url}/es/`,
      apiKey: 'a2V5',
      ...raw,
    });
    return source.query({ query, window, signal });
  }

  it('narrows the search to the window, and asks for no documents', async () => {
    const query = `/logs-shop/_search # $.hits.total.value
      { "size": 10, "query": { "term": { "pod": "a" } }, "aggs": {} }`;
    const { value } = await ask(
      query,
      { body: found({}) },
      { timeField: 'at' },
    );
    expect(value).toBe(10);
    const [{ method, url, headers, body }] = server.seen;
    expect(`${method} ${url.pathname}${url.search}`).toBe(
      'POST /es/logs-shop/_search',
    );
    expect(headers.authorization).toBe('ApiKey a2V5');
    expect(JSON.parse(body)).toEqual({
      size: 0,
      track_total_hits: true,
      timeout: '5000ms',
      aggs: {},
      query: {
        bool: {
          filter: [
            {
              range: {
                at: {
                  gte: window.from,
                  lt: window.to,
                  format: 'epoch_millis',
                },
              },
            },
            { term: { pod: 'a' } },
          ],
        },
      },
    });
  });

  it.each<[string, string, Said, string]>([
    ['a search of nothing', '/_search#$.a\n{}', {}, 'must be /<index>/_search'],
    ['another API', '/logs/_delete_by_query#$.a\n{}', {}, 'must be /<index>'],
    [
      'a way out of its index',
      '/a/../b/_search#$.a\n{}',
      {},
      'must be /<index>',
    ],
    [
      'a way out that is encoded',
      '/a%2f/_search#$.a\n{}',
      {},
      'must be /<index>',
    ],
    ['no search', '/a/_search#$.a', {}, 'is no JSON object'],
    ['a search that is a list', '/a/_search#$.a\n[]', {}, 'is no JSON object'],
    [
      'an answer that ran out of time',
      QUERY,
      { body: found(slow(1), { timed_out: true }) },
      'a part of the data only',
    ],
    [
      'an answer of some shards',
      QUERY,
      { body: found(slow(1), { _shards: { failed: 1 } }) },
      'a part of the data only',
    ],
    [
      'a refusal with its reason',
      QUERY,
      {
        status: 400,
        body: '{"error":{"root_cause":[{"reason":"unknown field [x]"}],"reason":"all shards failed"},"status":400}',
      },
      'status 400: unknown field [x]',
    ],
  ])('refuses %s', async (_, query, said, want) => {
    await expect(ask(query, said)).rejects.toThrow(want);
  });
});

describe('elasticsearch without a server', () => {
  it('never lets a text out of its quotes', () => {
    const { escape } = connect({ url: 'http://host' });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), value => {
        const text = escape({ type: 'string', value });
        expect(JSON.parse(`["${text}"]`)).toEqual([value]);
      }),
    );
  });

  it('writes a pattern as a regexp query wants it', () => {
    const { escape } = connect({ url: 'http://host' });
    const pattern = { type: 'pattern', value: '^a\\.b-[a-z]{5}$' } as const;
    expect(JSON.parse(`"${escape(pattern)}"`)).toBe('a\\.b-[a-z]{5}');
  });
});
