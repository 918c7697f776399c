import { mockServices } from '@backstage/backend-test-utils';
import { testMetricProvider } from 'backstage-plugin-canary-node/testUtils';
import fc from 'fast-check';
import { systemClock } from '../../clock/systemClock';
import { Said, serve } from '../testing/serve';
import { newrelic } from './newrelic';

function connect(raw: Record<string, unknown>) {
  const config = { accountId: '1234567', apiKey: 'NRAK-1', ...raw };
  return newrelic.connect(newrelic.config.parse(config), {
    name: 'main',
    fetch,
    logger: mockServices.logger.mock(),
    clock: systemClock,
    random: () => 0,
  });
}

const QUERY = 'SELECT average(duration) FROM Transaction';

function rows(...results: unknown[]): string {
  return JSON.stringify({
    data: { actor: { account: { nrql: { results } } } },
  });
}

testMetricProvider('newrelic as a metric provider', {
  connect: ({ url, secret, timeoutMs }) =>
    connect({ url, apiKey: secret, timeout: `${timeoutMs}ms` }),
  query: QUERY,
  answers: {
    value: rows({ 'average.duration': 42.5 }),
    empty: rows(),
    several: rows({ facet: 'a', count: 1 }, { facet: 'b', count: 2 }),
  },
});

describe('newrelic', () => {
  const window = { from: 1_700_000_000_000, to: 1_700_000_060_000 };
  const { signal } = new AbortController();
  let server: Awaited<ReturnType<typeof serve>>;
  afterEach(() => server.close());

  async function ask(query: string, said: Said) {
    server = await serve(() => said);
    const source = connect({ url: `${server.url}/graphql` });
    return source.query({ query, window, signal });
  }

  it('asks for the window of one account', async () => {
    await ask(QUERY, { body: rows() });
    const [{ method, url, headers, body }] = server.seen;
    expect(`${method} ${url.pathname}`).toBe('POST /graphql');
    expect(headers['api-key']).toBe('NRAK-1');
    expect(JSON.parse(body)).toEqual({
      query: expect.stringContaining('nrql(query: $nrql, timeout: $timeout)'),
      variables: {
        account: 1234567,
        timeout: 5,
        nrql: `${QUERY} SINCE 1700000000000 UNTIL 1700000060000`,
      },
    });
  });

  it.each([
    ['null', rows({ 'average.duration': null }), undefined],
    ['a percentile', rows({ 'percentile.duration': { 95: 0.5 } }), 0.5],
    ['zero', rows({ count: 0 }), 0],
  ])('reads %s', async (_, body, want) => {
    expect((await ask(QUERY, { body })).value).toBe(want);
  });

  it('asks again when the rate is limited', async () => {
    const limited =
      '{"errors":[{"message":"later","extensions":{"errorClass":"TOO_MANY_REQUESTS"}}]}';
    server = await serve((_, index) => ({
      body: index === 0 ? limited : rows({ count: 3 }),
    }));
    const source = connect({ url: server.url });
    const { value } = await source.query({ query: QUERY, window, signal });
    expect(value).toBe(3);
  });

  it('takes the words of a window inside of a text as a text', async () => {
    const query = `${QUERY} WHERE name = 'long \\' since until'`;
    expect((await ask(query, { body: rows({ a: 1 }) })).value).toBe(1);
  });

  it.each<[string, string, Said, string]>([
    ['a window of its own', `${QUERY} since 1 hour ago`, {}, 'leave SINCE'],
    [
      'two figures',
      QUERY,
      { body: rows({ score: 1, count: 5 }) },
      'answered with 2 figures',
    ],
    [
      'two percentiles',
      QUERY,
      { body: rows({ percentile: { 50: 1, 95: 2 } }) },
      'answered with 2 figures',
    ],
    [
      'a text',
      QUERY,
      { body: rows({ latest: 'x' }) },
      'a string, not a number',
    ],
    [
      'an error in a sound answer',
      QUERY,
      { body: '{"data":null,"errors":[{"message":"NRQL Syntax Error"}]}' },
      'refused the query: NRQL Syntax Error',
    ],
    [
      'an account that is not ours',
      QUERY,
      {
        body: '{"data":{"actor":{"account":null}},"errors":[{"message":"Account not found"}]}',
      },
      'refused the query: Account not found',
    ],
    ['an answer without anything', QUERY, { body: '{}' }, 'as NerdGraph does'],
  ])('refuses %s', async (_, query, said, want) => {
    await expect(ask(query, said)).rejects.toThrow(want);
  });
});

describe('newrelic without a server', () => {
  it('never lets a text out of its quotes', () => {
    const { escape } = connect({});
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), value => {
        expect(escape({ type: 'string', value })).toMatch(
          /^(?:[^'\\]|\\.)*$/su,
        );
        expect(escape({ type: 'pattern', value })).not.toMatch(/'/);
      }),
    );
  });

  it.each([
    ['no account', { accountId: undefined }],
    ['an account that is no number', { accountId: 'acme' }],
    ['another region', { region: 'mars' }],
  ])('refuses %s in its configuration', (_, raw) => {
    const entry = { accountId: 1, apiKey: 'a', ...raw };
    expect(newrelic.config.safeParse(entry).success).toBe(false);
  });
});
