import { mockServices } from '@backstage/backend-test-utils';
import { testMetricProvider } from 'backstage-plugin-canary-node/testUtils';
import fc from 'fast-check';
import { systemClock } from '../../clock/systemClock';
import { Said, serve } from '../testing/serve';
import { datadog } from './datadog';

function connect(raw: Record<string, unknown>) {
  const config = { apiKey: 'api', appKey: 'app', ...raw };
  return datadog.connect(datadog.config.parse(config), {
    name: 'main',
    fetch,
    logger: mockServices.logger.mock(),
    clock: systemClock,
    random: () => 0,
  });
}

function scalar(...values: unknown[]): string {
  return JSON.stringify({
    data: {
      id: '0',
      type: 'scalar_response',
      attributes: {
        columns: [
          { name: 'pod_name', type: 'group', values: values.map(() => ['a']) },
          { name: 'a', type: 'number', values, meta: { unit: [null, null] } },
        ],
      },
    },
  });
}

testMetricProvider('datadog as a metric provider', {
  connect: ({ url, secret, timeoutMs }) =>
    connect({ url, appKey: secret, timeout: `${timeoutMs}ms` }),
  query: 'avg:system.load.1{*}',
  answers: {
    value: scalar(42.5),
    empty: scalar(),
    several: scalar(1, 2),
  },
});

describe('datadog', () => {
  const window = { from: 1_700_000_000_000, to: 1_700_000_060_000 };
  const { signal } = new AbortController();
  let server: Awaited<ReturnType<typeof serve>>;
  afterEach(() => server.close());

  async function ask(query: string, ...answers: Said[]) {
    server = await serve((_, index) => answers[index] ?? answers.at(-1)!);
    const source = connect({ url: `${server.url}/proxy/` });
    return source.query({ query, window, signal });
  }

  it('asks for one number of the window', async () => {
    await ask('sum:hits{a:b}.as_count() #sum', { body: scalar(1) });
    const [{ method, url, headers, body }] = server.seen;
    expect(method).toBe('POST');
    expect(url.pathname).toBe('/proxy/api/v2/query/scalar');
    expect(headers).toMatchObject({
      'dd-api-key': 'api',
      'dd-application-key': 'app',
      'content-type': 'application/json',
    });
    expect(JSON.parse(body)).toEqual({
      data: {
        type: 'scalar_request',
        attributes: {
          ...window,
          queries: [
            {
              data_source: 'metrics',
              name: 'a',
              query: 'sum:hits{a:b}.as_count()',
              aggregator: 'sum',
            },
          ],
          formulas: [{ formula: 'a' }],
        },
      },
    });
  });

  it('joins named queries by a formula', async () => {
    const query = 'errors = sum:errors{*}\n hits = sum:hits{*}\n errors / hits';
    await ask(query, { body: scalar(1) });
    const { attributes } = JSON.parse(server.seen[0].body).data;
    expect(attributes.queries).toEqual([
      {
        data_source: 'metrics',
        name: 'errors',
        query: 'sum:errors{*}',
        aggregator: 'avg',
      },
      {
        data_source: 'metrics',
        name: 'hits',
        query: 'sum:hits{*}',
        aggregator: 'avg',
      },
    ]);
    expect(attributes.formulas).toEqual([{ formula: 'errors / hits' }]);
  });

  it.each([
    ['null', scalar(null), undefined],
    ['no column', '{"data":{"attributes":{"columns":[]}}}', undefined],
    ['zero', scalar(0), 0],
  ])('reads %s', async (_, body, want) => {
    expect((await ask('a', { body })).value).toBe(want);
  });

  it.each<[string, string, Said, string]>([
    ['an unknown aggregator', 'a#mean', {}, '"#mean" is no aggregator'],
    ['a text', 'a', { body: scalar('12') }, 'no number'],
    [
      'an error in a sound answer',
      'a',
      { body: scalar(1).replace('{"data"', '{"errors":"No field","data"') },
      'refused the query: No field',
    ],
    [
      'a refusal with its reasons',
      'a',
      { status: 400, body: '{"errors":["Error parsing query","at 3"]}' },
      'answered with status 400: Error parsing query; at 3',
    ],
    [
      'a rate limit beyond its time',
      'a',
      { status: 429, headers: { 'x-ratelimit-reset': '60' } },
      'status 429',
    ],
  ])('refuses %s', async (_, query, said, want) => {
    await expect(ask(query, said)).rejects.toThrow(want);
  });

  it('asks again when the limit ends soon', async () => {
    const limited = { status: 429, headers: { 'x-ratelimit-reset': '0' } };
    const { value } = await ask('a', limited, { body: scalar(3) });
    expect(value).toBe(3);
    expect(server.seen).toHaveLength(2);
  });
});

describe('datadog without a server', () => {
  it('never lets a text out of its filter', () => {
    const { escape } = connect({});
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), value => {
        expect(escape({ type: 'string', value })).not.toMatch(/[{}(),#"'\s*!]/);
      }),
    );
  });

  it.each([
    ['no key', { apiKey: undefined }],
    ['a site that is an address', { site: 'https://datadoghq.eu/' }],
    ['an unknown key', { apikey: 'x' }],
  ])('refuses %s in its configuration', (_, raw) => {
    const entry = { apiKey: 'a', appKey: 'b', ...raw };
    expect(datadog.config.safeParse(entry).success).toBe(false);
  });
});
