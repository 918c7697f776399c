import {
  defineMetricProvider,
  MetricReading,
  MetricRequest,
  MetricSource,
  QueryArgument,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { askJson, severalSeries } from '../sources/askJson';
import {
  boundedFetch,
  Endpoint,
  redact,
  sourceError,
} from '../sources/boundedFetch';
import { endpointConfig, endpointOf } from '../sources/endpoint';

const config = endpointConfig
  .safeExtend({
    language: z.enum(['influxql', 'flux']).default('influxql'),
    /** Of `influxql`; a bucket where InfluxDB 2 maps one to it. */
    database: z.string().min(1).optional(),
    /** Of `influxql`. */
    retentionPolicy: z.string().min(1).optional(),
    /** Of `flux`: name of the organisation. */
    org: z.string().min(1).optional(),
    /** API token of InfluxDB 2; `username:password` of InfluxDB 1.8. */
    token: z.string().min(1).optional(),
  })
  .refine(({ language, database }) => language === 'flux' || database, {
    path: ['database'],
    message: 'is missing; name the database to ask with InfluxQL',
  })
  .refine(({ language, org }) => language === 'influxql' || org, {
    path: ['org'],
    message: 'is missing; name the organisation to ask with Flux',
  });

type Config = z.infer<typeof config>;
type At = Endpoint & { readonly baseUrl: URL };

/**
 * InfluxDB by InfluxQL (`/query`, versions 1 to 3) or Flux (`/api/v2/query`).
 *
 * An InfluxQL query names the window's ends by `$from` and `$to`:
 * `SELECT mean("value") FROM "load" WHERE time >= $from AND time < $to AND "pod" =~ /{{ pods }}/`.
 * A Flux query uses the dashboards' own variables:
 * `range(start: v.timeRangeStart, stop: v.timeRangeStop)`. Either must give one
 * row with one value; texts stand in quotes, patterns between slashes.
 *
 * @see "Query data with the InfluxDB API" and "Annotated CSV" of the InfluxDB
 * documentation
 */
export const influxdb = defineMetricProvider<Config>({
  kind: 'influxdb',
  config,
  connect: (
    { language, database, retentionPolicy, org, token, ...rest },
    services,
  ) => {
    const headers = {
      ...rest.headers,
      ...(token && { authorization: `Token ${token}` }),
    };
    const endpoint = endpointOf({ ...rest, headers }, services);
    return language === 'flux'
      ? flux(endpoint, org ?? '')
      : influxql(endpoint, {
          db: database ?? '',
          ...(retentionPolicy && { rp: retentionPolicy }),
        });
  },
});

const resultSet = z.object({
  results: z
    .array(
      z.object({
        error: z.string().optional(),
        partial: z.boolean().optional(),
        messages: z.array(z.object({ text: z.string() })).optional(),
        series: z
          .array(
            z.object({
              columns: z.array(z.string()),
              values: z.array(z.array(z.unknown())).default([]),
              partial: z.boolean().optional(),
            }),
          )
          .default([]),
      }),
    )
    .length(1, 'must be of one statement'),
});

function influxql(
  endpoint: At,
  database: Record<string, string>,
): MetricSource {
  return {
    query: async ({ query, window, signal }) => {
      if (!/\$from\b/.test(query) || !/\$to\b/.test(query)) {
        throw sourceError(
          endpoint,
          'cannot be asked: the query must keep to time >= $from AND time < $to',
        );
      }
      const q = query.replace(
        /\$(from|to)\b/g,
        (_, end: 'from' | 'to') => `${window[end]}ms`,
      );
      const url = below(endpoint.baseUrl, '/query', {
        ...database,
        epoch: 'ms',
        q,
      });
      const { results } = await askJson(endpoint, url, {
        api: 'InfluxDB',
        answer: resultSet,
        reason: body => body.error,
        signal,
      });
      const [{ error, partial, messages = [], series }] = results;
      if (error) throw sourceError(endpoint, `refused the query: ${error}`);
      if (series.length > 1) throw severalSeries(endpoint, series.length);
      if (partial || series.some(one => one.partial)) {
        throw sourceError(endpoint, 'answered with a part of the data only');
      }
      const rows = series.flatMap(({ columns, values }) =>
        values.map(row => row.filter((_, at) => columns[at] !== 'time')),
      );
      const warnings = messages.map(({ text }) =>
        redact(text, endpoint.secrets).slice(0, 300),
      );
      return { ...valueOf(endpoint, rows), warnings };
    },
    canLookBack: true,
    escape: argument =>
      escape(argument, text =>
        text
          .replace(/["'\\]/g, '\\$&')
          .replaceAll('\n', '\\n')
          // The language cannot write them, and no name has them.
          .replace(/\p{Cc}/gu, ''),
      ),
  };
}

function flux(endpoint: At, org: string): MetricSource {
  return {
    query: async ({ query, window, signal }) => {
      if (
        !/\bv\.timeRangeStart\b/.test(query) ||
        !/\bv\.timeRangeStop\b/.test(query)
      ) {
        throw sourceError(
          endpoint,
          'cannot be asked: the query must keep to range(start: v.timeRangeStart, stop: v.timeRangeStop)',
        );
      }
      const url = below(endpoint.baseUrl, '/api/v2/query', { org });
      const { ok, status, text } = await boundedFetch(endpoint, url, signal, {
        method: 'POST',
        headers: {
          accept: 'application/csv',
          'content-type': 'application/vnd.flux',
        },
        body: withVariables(query, window),
      });
      if (!ok) {
        const [, reason] =
          /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text) ?? [];
        const why = reason ? `: ${reason}` : '';
        throw sourceError(endpoint, `answered with status ${status}${why}`);
      }
      return { ...readCsv(endpoint, text), warnings: [] };
    },
    canLookBack: true,
    escape: argument =>
      escape(argument, text =>
        // A dollar would begin an interpolation.
        text.replace(
          /[\p{Cc}"'$\\]/gu,
          character =>
            `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
        ),
      ),
  };
}

/** Options follow the imports, which must come first in a Flux program. */
function withVariables(query: string, { from, to }: MetricRequest['window']) {
  const [imports] = /^(?:\s*import\s+(?:\w+\s+)?"[^"]*")*/.exec(query)!;
  const [start, stop] = [from, to].map(ms => new Date(ms).toISOString());
  const variables = `option v = {timeRangeStart: ${start}, timeRangeStop: ${stop}, windowPeriod: ${
    to - from
  }ms}`;
  return `${imports}\n${variables}\n${query.slice(imports.length)}`;
}

/** One value of all tables together; tables are parted by empty lines. */
function readCsv(
  endpoint: Endpoint,
  text: string,
): Pick<MetricReading, 'value'> {
  const lines = text.split(/\r?\n/);
  let columns: readonly string[] | undefined;
  const found: unknown[][] = [];
  for (const line of lines) {
    if (line.startsWith('#')) continue;
    if (line === '') {
      columns = undefined;
      continue;
    }
    const cells = cellsOf(line);
    if (!columns) {
      columns = cells;
      if (!cells.includes('_value') && !cells.includes('error')) {
        throw sourceError(endpoint, 'did not answer with a column _value');
      }
      continue;
    }
    const error = columns.indexOf('error');
    if (error >= 0) {
      throw sourceError(endpoint, `refused the query: ${cells[error]}`);
    }
    const cell = cells[columns.indexOf('_value')];
    found.push([cell === '' ? null : toNumber(cell)]);
  }
  if (lines.every(line => line === '') && text.length === 0) {
    throw sourceError(endpoint, 'did not answer as InfluxDB does');
  }
  return valueOf(endpoint, found);
}

/** Cells of one line of RFC 4180; a line break inside of quotes is no number of ours. */
function cellsOf(line: string): string[] {
  const cells = `,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...cells].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain,
  );
}

function toNumber(text: string): unknown {
  const infinite = /^([+-]?)Inf$/.exec(text);
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
  if (text === 'NaN') return NaN;
  return /^[+-]?\d/.test(text) && !Number.isNaN(Number(text))
    ? Number(text)
    : text;
}

function valueOf(
  endpoint: Endpoint,
  rows: readonly (readonly unknown[])[],
): Pick<MetricReading, 'value'> {
  const values = rows.flat();
  if (values.length > 1) {
    throw sourceError(
      endpoint,
      `answered with ${values.length} values; aggregate them to one`,
    );
  }
  const [value] = values;
  if (value === undefined || value === null) return {};
  if (typeof value === 'number') return { value };
  throw sourceError(endpoint, `answered with a ${typeof value}, not a number`);
}

function below(
  baseUrl: URL,
  path: string,
  parameters: Readonly<Record<string, string>>,
): URL {
  const url = new URL(baseUrl);
  url.pathname = url.pathname.replace(/\/+$/, '') + path;
  for (const [name, value] of Object.entries(parameters)) {
    url.searchParams.set(name, value);
  }
  return url;
}

function escape(
  argument: QueryArgument,
  escapeText: (text: string) => string,
): string {
  switch (argument.type) {
    case 'durationMs':
      return `${Math.max(1, Math.round(argument.value))}ms`;
    case 'pattern':
      return argument.value.replace(/[\n\r]/g, '').replaceAll('/', '\\/');
    default:
      return escapeText(argument.value);
  }
}
