import {
  defineMetricProvider,
  QueryArgument,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { askJson, severalSeries } from '../sources/askJson';
import { sourceError } from '../sources/boundedFetch';
import { connectionKeys, endpointOf, httpUrl } from '../sources/endpoint';

const AGGREGATORS = ['avg', 'last', 'max', 'min', 'sum'];

const config = z.strictObject({
  /** Where the organisation lives: `datadoghq.eu`, `us3.datadoghq.com`; default `datadoghq.com`. */
  site: z
    .string()
    .regex(/^[a-z0-9.-]+$/, 'must be a host name')
    .default('datadoghq.com'),
  /** Instead of `site`: the address of a proxy. */
  url: httpUrl.optional(),
  apiKey: z.string().min(1),
  appKey: z.string().min(1),
  ...connectionKeys,
});

const answer = z.object({
  data: z.object({
    attributes: z.object({
      columns: z.array(
        z.object({
          type: z.string().optional(),
          values: z.array(z.unknown()).optional(),
        }),
      ),
    }),
  }),
  errors: z.string().nullish(),
});

/**
 * Datadog's metrics. A query is a metrics query as the Metrics Explorer shows
 * it, or several named ones and a formula, a line each:
 *
 * ```
 * errors = sum:http.errors{kube_deployment:{{ workload }}}.as_count()
 * hits = sum:http.hits{kube_deployment:{{ workload }}}.as_count()
 * 100 * errors / hits #sum
 * ```
 *
 * What stands behind `#` says how the points of the window become one number
 * (`avg`, the default, `last`, `max`, `min`, `sum`) and is not sent.
 *
 * @see "Query scalar data across multiple products" and "Rate Limits" of the
 * Datadog API documentation
 */
export const datadog = defineMetricProvider<z.infer<typeof config>>({
  kind: 'datadog',
  config,
  connect: (
    { site, url = `https://api.${site}`, apiKey, appKey, ...others },
    services,
  ) => {
    const headers = {
      ...others.headers,
      'DD-API-KEY': apiKey,
      'DD-APPLICATION-KEY': appKey,
    };
    const endpoint = endpointOf({ ...others, url, headers }, services);
    const target = new URL(endpoint.baseUrl);
    target.pathname = `${target.pathname.replace(
      /\/+$/,
      '',
    )}/api/v2/query/scalar`;
    return {
      query: async ({ query, window, signal }) => {
        const [text, aggregator = 'avg'] = query.split('#').map(s => s.trim());
        if (!AGGREGATORS.includes(aggregator)) {
          throw sourceError(
            endpoint,
            `cannot be asked: "#${aggregator}" is no aggregator; use one of ${AGGREGATORS.join(
              ', ',
            )}`,
          );
        }
        const { data, errors } = await askJson(endpoint, target, {
          api: 'the Datadog API',
          answer,
          reason: body => [body.errors].flat().join('; '),
          signal,
          request: {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(bodyOf(text, aggregator, window)),
          },
        });
        if (errors) throw sourceError(endpoint, `refused the query: ${errors}`);
        const numbers = data.attributes.columns
          .filter(({ type }) => type !== 'group')
          .flatMap(({ values = [] }) => values);
        if (numbers.length > 1) throw severalSeries(endpoint, numbers.length);
        const [value] = numbers;
        if (value === undefined || value === null) return { warnings: [] };
        if (typeof value !== 'number') {
          throw sourceError(
            endpoint,
            'answered with something that is no number',
          );
        }
        return { value, warnings: [] };
      },
      canLookBack: true,
      escape,
    };
  },
});

const NAMED = /^([a-z]\w*)\s*=\s*(.+)$/;

function bodyOf(
  text: string,
  aggregator: string,
  { from, to }: { readonly from: number; readonly to: number },
) {
  const lines = text.split('\n').map(line => line.trim());
  const named = lines.flatMap(line => {
    const [, name, query] = NAMED.exec(line) ?? [];
    return name ? [{ name, query }] : [];
  });
  const rest = lines
    .filter(line => !NAMED.test(line))
    .join(' ')
    .trim();
  const queries = named.length > 0 ? named : [{ name: 'a', query: rest }];
  return {
    data: {
      type: 'scalar_request',
      attributes: {
        from,
        to,
        queries: queries.map(query => ({
          data_source: 'metrics',
          ...query,
          aggregator,
        })),
        formulas: [{ formula: named.length > 0 ? rest : 'a' }],
      },
    },
  };
}

/**
 * A tag's value. Datadog turns everything else into underscores when it takes
 * a tag in, so that nothing that could end the filter is ever part of one.
 */
function escape(argument: QueryArgument): string {
  if (argument.type === 'durationMs') {
    return String(Math.max(1, Math.round(argument.value / 1000)));
  }
  return argument.value.toLowerCase().replace(/[^\p{L}\p{N}_\-:./]/gu, '_');
}
