import {
  defineMetricProvider,
  MetricRequest,
  QueryArgument,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { askJson } from '../sources/askJson';
import { sourceError } from '../sources/boundedFetch';
import { endpointConfig, endpointOf } from '../sources/endpoint';
import { numberAt } from '../reading/numberAt';

const config = endpointConfig.safeExtend({
  /** An encoded API key of Elasticsearch. */
  apiKey: z.string().min(1).optional(),
  /** The field that tells when a document happened. */
  timeField: z.string().min(1).default('@timestamp'),
});

type Config = z.infer<typeof config>;

const answer = z.looseObject({
  timed_out: z.boolean(),
  _shards: z.object({ failed: z.number() }),
});

/**
 * Elasticsearch by its search API. The first line of a query is the path and,
 * behind `#`, where in the answer the number is; the rest is the search itself:
 *
 * ```
 * /logs-shop/_search#$.aggregations.slow.value
 * { "query": { "term": { "pod": "{{ workload }}" } },
 *   "aggs": { "slow": { "avg": { "field": "took" } } } }
 * ```
 *
 * The search is narrowed to the window by `timeField`, asks for no documents
 * and counts all of them. A partial answer is an error.
 *
 * @see "Search API" of the Elasticsearch and of the OpenSearch documentation
 */
export const elasticsearch = searchProvider('elasticsearch');

/** OpenSearch, whose search API is the same. @see elasticsearch */
export const opensearch = searchProvider('opensearch');

function searchProvider(kind: string) {
  return defineMetricProvider<Config>({
    kind,
    config,
    connect: ({ apiKey, timeField, ...others }, services) => {
      const headers = {
        ...others.headers,
        ...(apiKey && { authorization: `ApiKey ${apiKey}` }),
      };
      const endpoint = endpointOf({ ...others, headers }, services);
      const cannot = (why: string) =>
        sourceError(endpoint, `cannot be asked: ${why}`);
      return {
        query: async ({ query, window, signal }) => {
          const [first, rest = ''] = query.trim().split(/\n(.*)/s, 2);
          const [path, at = '$'] = first.split(/#(.*)/s, 2);
          const target = path.trim();
          if (
            !/^\/[^?#\\%]+\/_search$/.test(target) ||
            /\/\.\.?\//.test(target)
          ) {
            throw cannot('its first line must be /<index>/_search#<path>');
          }
          const url = new URL(endpoint.baseUrl);
          url.pathname = url.pathname.replace(/\/+$/, '') + target;
          const found = await askJson(endpoint, url, {
            api: 'Elasticsearch',
            answer,
            reason: body =>
              body.error.root_cause?.[0]?.reason ??
              body.error.reason ??
              body.error,
            signal,
            request: {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({
                ...narrowed(parseSearch(rest, cannot), timeField, window),
                timeout: `${endpoint.timeoutMs}ms`,
              }),
            },
          });
          if (found.timed_out || found._shards.failed > 0) {
            throw sourceError(
              endpoint,
              'answered with a part of the data only',
            );
          }
          const value = numberAt(endpoint, found, at.trim());
          return { value, warnings: [] };
        },
        canLookBack: true,
        escape,
      };
    },
  });
}

function parseSearch(
  text: string,
  cannot: (why: string) => Error,
): Readonly<Record<string, unknown>> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw cannot('what follows its first line is no JSON object');
  }
}

function narrowed(
  search: Readonly<Record<string, unknown>>,
  timeField: string,
  { from, to }: MetricRequest['window'],
) {
  const range = { gte: from, lt: to, format: 'epoch_millis' };
  return {
    ...search,
    size: 0,
    track_total_hits: true,
    query: {
      bool: {
        filter: [
          { range: { [timeField]: range } },
          ...(search.query ? [search.query] : []),
        ],
      },
    },
  };
}

/** A part of a JSON text; a backslash, which that needs, is refused in the path. */
function escape(argument: QueryArgument): string {
  if (argument.type === 'durationMs') {
    return `${Math.max(1, Math.round(argument.value))}ms`;
  }
  // A pattern of a `regexp` query always means the whole text.
  const text =
    argument.type === 'pattern'
      ? argument.value.replace(/^\^|\$$/g, '')
      : argument.value;
  return text.replace(
    /[^\w .:/@^$()[\]{}|?+*,=-]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
