import { mockServices } from '@backstage/backend-test-utils';
import { testMetricProvider } from 'backstage-plugin-canary-node/testUtils';
import fc from 'fast-check';
import { createHash, createHmac } from 'node:crypto';
import { systemClock } from '../../clock/systemClock';
import { Said, Seen, serve } from '../testing/serve';
import { cloudwatch } from './cloudwatch';

const KEY = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCY';

function connect({ session, ...raw }: Record<string, unknown>) {
  const config = {
    region: 'eu-central-1',
    credentials: {
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: KEY,
      sessionToken: session,
    },
    ...raw,
  };
  return cloudwatch.connect(cloudwatch.config.parse(config), {
    name: 'main',
    fetch,
    logger: mockServices.logger.mock(),
    clock: systemClock,
    random: () => 0,
  });
}

const QUERY = 'SELECT AVG(Latency) FROM "Shop"';

function results(...series: number[][]): string {
  return JSON.stringify({
    MetricDataResults: series.map((Values, index) => ({
      Id: `q${index}`,
      Label: 'a',
      StatusCode: 'Complete',
      Timestamps: Values.map((_, minute) => 1_700_000_040 + minute * 60),
      Values,
    })),
    Messages: [],
  });
}

testMetricProvider('cloudwatch as a metric provider', {
  connect: ({ url, secret, timeoutMs }) =>
    connect({ url, session: secret, timeout: `${timeoutMs}ms` }),
  query: QUERY,
  answers: {
    value: results([42.5]),
    empty: results([]),
    several: results([1], [2]),
  },
});

describe('cloudwatch', () => {
  const window = { from: 1_700_000_010_000, to: 1_700_000_310_000 };
  const { signal } = new AbortController();
  let server: Awaited<ReturnType<typeof serve>>;
  afterEach(() => server.close());

  async function ask(query: string, said: Said, over = window) {
    server = await serve(() => said);
    const source = connect({ url: server.url, session: 'token-1' });
    return source.query({ query, window: over, signal });
  }

  it('asks for the whole minutes of the window', async () => {
    await ask(QUERY, { body: results([1]) });
    const [{ method, headers, body }] = server.seen;
    expect(method).toBe('POST');
    expect(headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData',
      'x-amz-security-token': 'token-1',
    });
    expect(JSON.parse(body)).toEqual({
      MetricDataQueries: [{ Id: 'canary', Expression: QUERY, Period: 60 }],
      StartTime: 1_700_000_040,
      EndTime: 1_700_000_280,
      ScanBy: 'TimestampAscending',
    });
  });

  it('signs what it sends', async () => {
    await ask(QUERY, { body: results([1]) });
    const [seen] = server.seen;
    expect(seen.headers.authorization).toBe(signatureOf(seen));
  });

  it('sends queries of several metrics as they are', async () => {
    const queries = [
      { Id: 'errors', MetricStat: { Period: 60 }, ReturnData: false },
      { Id: 'rate', Expression: 'errors * 2' },
    ];
    const query = `${JSON.stringify(queries)} #sum`;
    const { value } = await ask(query, { body: results([1, 2]) });
    expect(value).toBe(3);
    expect(JSON.parse(server.seen[0].body).MetricDataQueries).toEqual(queries);
  });

  it.each([
    ['', 2],
    ['#last', 1],
    [' # max', 4],
  ])('reads points by %j as %d', async (by, want) => {
    const { value } = await ask(QUERY + by, { body: results([1, 4, 1]) });
    expect(value).toBe(want);
  });

  it('asks nothing while there is no whole minute', async () => {
    const short = { from: window.from, to: window.from + 50_000 };
    const reading = await ask(QUERY, {}, short);
    expect(reading.value).toBeUndefined();
    expect(reading.warnings[0]).toContain('no whole minute');
    expect(server.seen).toHaveLength(0);
  });

  it.each<[string, string, Said, string]>([
    ['a list that is none', '[{"Id":1}]', {}, 'no JSON list'],
    ['an unknown reduction', `${QUERY} #mean`, {}, '"#mean" is unknown'],
    [
      'partial data',
      QUERY,
      { body: results([1]).replace('Complete', 'PartialData') },
      'a part of the data only',
    ],
    [
      'the first of several pages',
      QUERY,
      {
        body: results([1]).replace('"Messages"', '"NextToken":"a","Messages"'),
      },
      'a part of the data only',
    ],
    [
      'a refusal with its reason',
      QUERY,
      {
        status: 400,
        body: '{"__type":"com.amazonaws.cloudwatch#ValidationError","message":"Error in expression"}',
      },
      'status 400: Error in expression',
    ],
    [
      'a refusal without any reason but its type',
      QUERY,
      { status: 400, body: '{"__type":"ThrottlingException"}' },
      'status 400: ThrottlingException',
    ],
  ])('refuses %s', async (_, query, said, want) => {
    await expect(ask(query, said)).rejects.toThrow(want);
  });

  it('asks again when it is throttled, and signs anew', async () => {
    server = await serve((_, index) =>
      index === 0
        ? { status: 400, body: '{"__type":"ThrottlingException"}' }
        : { body: results([7]) },
    );
    const source = connect({ url: server.url });
    const { value } = await source.query({ query: QUERY, window, signal });
    expect(value).toBe(7);
    expect(server.seen).toHaveLength(2);
  });

  it('never shows a signature', async () => {
    server = await serve(({ headers }) => ({
      status: 403,
      body: JSON.stringify({ message: `wrong: ${headers.authorization}` }),
    }));
    const asked = connect({ url: server.url }).query({
      query: QUERY,
      window,
      signal,
    });
    await expect(asked).rejects.toThrow(/status 403: wrong: \*\*\*$/);
  });
});

describe('cloudwatch without a server', () => {
  it('never lets a text out of its place', () => {
    const { escape } = connect({});
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), value => {
        expect(escape({ type: 'string', value })).toMatch(/^[\w .:/@=+-]*$/);
      }),
    );
  });

  it.each([
    ['no region', { region: undefined }],
    ['a region that is an address', { region: 'x.example/' }],
    ['half a credential', { credentials: { accessKeyId: 'a' } }],
  ])('refuses %s in its configuration', (_, raw) => {
    const { success } = cloudwatch.config.safeParse({ region: 'a', ...raw });
    expect(success).toBe(false);
  });
});

/** The header that Signature Version 4 gives a request, computed apart from the library. */
function signatureOf({ method, url, headers, body }: Seen): string {
  const [, scope, names] =
    /Credential=AKIDEXAMPLE\/(.*), SignedHeaders=(.*), /.exec(
      headers.authorization ?? '',
    ) ?? [];
  const sha256 = (text: string) =>
    createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string) =>
    createHmac('sha256', key).update(text).digest();
  const canonical = [
    method,
    url.pathname,
    '',
    ...names.split(';').map(name => `${name}:${headers[name]}`),
    '',
    names,
    sha256(body),
  ].join('\n');
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${KEY}`);
  const toSign = [
    'AWS4-HMAC-SHA256',
    headers['x-amz-date'],
    scope,
    sha256(canonical),
  ].join('\n');
  const signature = hmac(key, toSign).toString('hex');
  return `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope}, SignedHeaders=${names}, Signature=${signature}`;
}
