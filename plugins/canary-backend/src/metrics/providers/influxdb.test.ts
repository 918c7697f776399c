import { mockServices } from '@backstage/backend-test-utils';
import { testMetricProvider } from 'backstage-plugin-canary-node/testUtils';
import { systemClock } from '../../clock/systemClock';
import { Said, serve } from '../testing/serve';
import { influxdb } from './influxdb';

function connect(raw: Record<string, unknown>) {
  return influxdb.connect(influxdb.config.parse(raw), {
    name: 'main',
    fetch,
    logger: mockServices.logger.mock(),
    clock: systemClock,
    random: () => 0,
  });
}

const SELECT = 'SELECT mean(v) FROM m WHERE time >= $from AND time < $to';
const FROM =
  'from(bucket: "b") |> range(start: v.timeRangeStart, stop: v.timeRangeStop)';

function influxql(...values: unknown[]): string {
  const series = values.map(value => ({
    name: 'm',
    columns: ['time', 'mean'],
    values: [[1_700_000_000_000, value]],
  }));
  return JSON.stringify({
    results: [
      { statement_id: 0, series: series.length > 0 ? series : undefined },
    ],
  });
}

function csv(...values: string[]): string {
  if (values.length === 0) return '\r\n';
  const rows = values.map((value, table) => `,,${table},${value},"a,""b"""`);
  return [
    '#datatype,string,long,double,string',
    ',result,table,_value,pod',
    ...rows,
    '',
    '',
  ].join('\r\n');
}

testMetricProvider('influxdb by InfluxQL as a metric provider', {
  connect: ({ url, secret, timeoutMs }) =>
    connect({
      url,
      database: 'shop',
      token: secret,
      timeout: `${timeoutMs}ms`,
    }),
  query: SELECT,
  answers: {
    value: influxql(42.5),
    empty: influxql(),
    several: influxql(1, 2),
  },
});

testMetricProvider('influxdb by Flux as a metric provider', {
  connect: ({ url, secret, timeoutMs }) =>
    connect({
      url,
      language: 'flux',
      org: 'acme',
      token: secret,
      timeout: `${timeoutMs}ms`,
    }),
  query: FROM,
  answers: {
    value: csv('42.5'),
    empty: csv(),
    notANumber: csv('NaN'),
    several: csv('1', '2'),
  },
});

describe('influxdb', () => {
  const window = { from: 1_700_000_000_000, to: 1_700_000_060_000 };
  const { signal } = new AbortController();
  let server: Awaited<ReturnType<typeof serve>>;
  afterEach(() => server?.close());

  async function ask(raw: object, query: string, said: Said) {
    server = await serve(() => said);
    const source = connect({ url: `${server.url}/db/`, token: 'abc', ...raw });
    return source.query({ query, window, signal });
  }
  const byInfluxql = { database: 'shop', retentionPolicy: 'week' };
  const byFlux = { language: 'flux', org: 'acme' };

  it('asks by InfluxQL for exactly the window', async () => {
    await ask(byInfluxql, SELECT, { body: influxql(1) });
    const [{ method, url, headers }] = server.seen;
    expect(method).toBe('GET');
    expect(url.pathname).toBe('/db/query');
    expect(headers.authorization).toBe('Token abc');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      db: 'shop',
      rp: 'week',
      epoch: 'ms',
      q: 'SELECT mean(v) FROM m WHERE time >= 1700000000000ms AND time < 1700000060000ms',
    });
  });

  it('asks by Flux for exactly the window, behind the imports', async () => {
    const imports = 'import "math"\nimport s "strings"';
    await ask(byFlux, `${imports}\n${FROM}`, { body: csv('1') });
    const [{ method, url, headers, body }] = server.seen;
    expect(method).toBe('POST');
    expect(url.pathname + url.search).toBe('/db/api/v2/query?org=acme');
    expect(headers).toMatchObject({
      authorization: 'Token abc',
      accept: 'application/csv',
      'content-type': 'application/vnd.flux',
    });
    expect(body).toBe(
      `${imports}\noption v = {timeRangeStart: 2023-11-14T22:13:20.000Z, timeRangeStop: 2023-11-14T22:14:20.000Z, windowPeriod: 60000ms}\n\n${FROM}`,
    );
  });

  it.each<[string, object, string, number | undefined]>([
    ['null', byInfluxql, influxql(null), undefined],
    ['an empty cell', byFlux, csv(''), undefined],
    ['an infinity', byFlux, csv('-Inf'), -Infinity],
    ['a large number', byFlux, csv('1.5e+06'), 1_500_000],
  ])('reads %s', async (_, raw, body, want) => {
    const query = raw === byFlux ? FROM : SELECT;
    expect((await ask(raw, query, { body })).value).toBe(want);
  });

  it.each<[string, object, string, Said, string]>([
    [
      'a query of all time',
      byInfluxql,
      'SELECT mean(v) FROM m',
      {},
      'must keep to time >= $from',
    ],
    [
      'a Flux query of the present, whatever the window is',
      byFlux,
      'from(bucket: "b") |> range(start: -5m)',
      {},
      'must keep to range(start: v.timeRangeStart',
    ],
    [
      'several points',
      byInfluxql,
      SELECT,
      {
        body: '{"results":[{"series":[{"columns":["time","v"],"values":[[1,2],[3,4]]}]}]}',
      },
      'answered with 2 values',
    ],
    [
      'several fields',
      byInfluxql,
      SELECT,
      {
        body: '{"results":[{"series":[{"columns":["time","a","b"],"values":[[1,2,3]]}]}]}',
      },
      'answered with 2 values',
    ],
    [
      'several statements',
      byInfluxql,
      SELECT,
      { body: '{"results":[{},{}]}' },
      'as InfluxDB does',
    ],
    [
      'a text',
      byInfluxql,
      SELECT,
      { body: influxql('12') },
      'a string, not a number',
    ],
    [
      'a part of the data',
      byInfluxql,
      SELECT,
      {
        body: influxql(1).replace(
          '{"statement_id"',
          '{"partial":true,"statement_id"',
        ),
      },
      'a part of the data only',
    ],
    [
      'an error of the statement',
      byInfluxql,
      SELECT,
      { body: '{"results":[{"error":"database not found: shop"}]}' },
      'refused the query: database not found: shop',
    ],
    [
      'a syntax error',
      byInfluxql,
      SELECT,
      { status: 400, body: '{"error":"error parsing query: found FROM"}' },
      'status 400: error parsing query: found FROM',
    ],
    [
      'a refusal by Flux',
      byFlux,
      FROM,
      {
        status: 400,
        body: '{"code":"invalid","message":"compilation failed"}',
      },
      'status 400: compilation failed',
    ],
    [
      'an error in the middle of a table',
      byFlux,
      FROM,
      { body: '#datatype,string,string\n,error,reference\n,out of memory,7\n' },
      'refused the query: out of memory',
    ],
    [
      'a text in a table',
      byFlux,
      FROM,
      { body: csv('up') },
      'a string, not a number',
    ],
    [
      'a table without values',
      byFlux,
      FROM,
      { body: ',result,table\n,,0\n' },
      'a column _value',
    ],
  ])('refuses %s', async (_, raw, query, said, want) => {
    await expect(ask(raw, query, said)).rejects.toThrow(want);
  });

  it.each([
    [byInfluxql, `a'b"c\\d\ne`, `a\\'b\\"c\\\\d\\ne`],
    [byFlux, 'a"b\\c${d}\n', 'a\\x22b\\x5cc\\x24{d}\\x0a'],
  ])('escapes a text by %j', (raw, value, want) => {
    const { escape } = connect({ url: 'http://host', ...raw });
    expect(escape({ type: 'string', value })).toBe(want);
    expect(escape({ type: 'pattern', value: '^a/b\\.c$' })).toBe('^a\\/b\\.c$');
    expect(escape({ type: 'durationMs', value: 30_000 })).toBe('30000ms');
  });

  it.each([
    ['InfluxQL without a database', {}, 'database'],
    ['Flux without an organisation', { language: 'flux' }, 'org'],
  ])('refuses %s in its configuration', (_, raw, want) => {
    const { error } = influxdb.config.safeParse({ url: 'http://host', ...raw });
    expect(error!.issues[0].path).toEqual([want]);
  });
});
