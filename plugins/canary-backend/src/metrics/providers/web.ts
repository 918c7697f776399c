import { JSONPath } from 'jsonpath-plus';
import {
  defineMetricProvider,
  MetricBuckets,
  QueryArgument,
} from 'backstage-plugin-canary-node';
import { boundedFetch, Endpoint, sourceError } from '../boundedFetch';
import { EndpointConfig, endpointConfig, endpointOf } from '../endpoint';

/** What a JSON answer may spell a number as; the last two are no data later on. */
const NUMERIC =
  /^[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|NaN|Infinity)$/i;

/**
 * Any service that answers with JSON. A query is
 * `/path?with={{ arguments }}#$.json.path`: the part before `#` is appended to
 * the source's `url`, the part behind it picks one number from the answer and
 * is not sent. Without `#` the whole answer must be the number. Buckets are an
 * object in that place: `{ "0.1": 90, "0.5": 98, "+Inf": 100 }`.
 */
export const web = defineMetricProvider<EndpointConfig>({
  kind: 'web',
  config: endpointConfig,
  connect: (config, services) => {
    const endpoint = endpointOf(config, services);
    return {
      query: async ({ query, signal }) => {
        const [target, path] = split(query);
        const json = await ask(endpoint, target, signal);
        const value = numberAt(endpoint, json, path);
        return { ...(value !== undefined && { value }), warnings: [] };
      },
      queryBuckets: async ({ query, signal }) => {
        const [target, path] = split(query);
        const json = await ask(endpoint, target, signal);
        return { buckets: bucketsAt(endpoint, json, path), warnings: [] };
      },
      escape: escapeUrl,
    };
  },
});

/** Percent-encodes everything that RFC 3986 does not call unreserved. */
function escapeUrl(argument: QueryArgument): string {
  if (argument.type === 'durationMs') {
    const ms = Math.max(1, Math.round(argument.value));
    return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
  }
  return encodeURIComponent(argument.value).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function split(query: string): readonly [target: string, path: string] {
  const hash = query.indexOf('#');
  return hash < 0
    ? [query, '$']
    : [query.slice(0, hash), query.slice(hash + 1).trim() || '$'];
}

function urlOf(
  endpoint: Endpoint & { readonly baseUrl: URL },
  target: string,
): URL {
  const [path, search] = target.trim().split(/\?(.*)/s, 2);
  if (!path.startsWith('/')) {
    throw sourceError(endpoint, 'cannot be asked: its query must begin with /');
  }
  // An argument "..", encoded or not, would leave the place it was put in.
  if (/(^|[/\\])(\.|%2e){1,2}([/\\]|$)/i.test(path)) {
    throw sourceError(endpoint, 'cannot be asked: "." or ".." in its path');
  }
  const url = new URL(endpoint.baseUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`;
  for (const [name, value] of new URLSearchParams(search ?? '')) {
    url.searchParams.append(name, value);
  }
  return url;
}

async function ask(
  endpoint: Endpoint & { readonly baseUrl: URL },
  target: string,
  signal: AbortSignal,
): Promise<unknown> {
  const url = urlOf(endpoint, target);
  const { ok, status, text } = await boundedFetch(endpoint, url, signal);
  if (!ok) throw sourceError(endpoint, `answered with status ${status}`);
  return parseJson(endpoint, text);
}

function parseJson(endpoint: Endpoint, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw sourceError(endpoint, 'did not answer with JSON');
  }
}

function numberAt(
  endpoint: Endpoint,
  json: unknown,
  path: string,
): number | undefined {
  const value = oneAt(endpoint, json, path);
  return value === undefined ? undefined : numberOf(endpoint, value, path);
}

/** Counts by bound; none where the place is empty. */
function bucketsAt(
  endpoint: Endpoint,
  json: unknown,
  path: string,
): MetricBuckets['buckets'] {
  const found = oneAt(endpoint, json, path);
  if (found === undefined) return [];
  if (typeof found !== 'object' || Array.isArray(found)) {
    throw sourceError(
      endpoint,
      `has ${nameOf(found)} at ${path}, not an object of bound to count`,
    );
  }
  const buckets = Object.entries(found!).map(([key, count]) => ({
    bound: boundOf(endpoint, key, path),
    count: numberOf(endpoint, count, `${path}["${key.slice(0, 20)}"]`),
  }));
  if (new Set(buckets.map(({ bound }) => bound)).size < buckets.length) {
    throw sourceError(endpoint, `has the same bucket twice at ${path}`);
  }
  return buckets;
}

function boundOf(endpoint: Endpoint, key: string, path: string): number {
  const bound = /^\+?Inf(inity)?$/.test(key)
    ? Infinity
    : Number(NUMERIC.test(key) ? key : NaN);
  if (!Number.isNaN(bound)) return bound;
  throw sourceError(
    endpoint,
    `has the key "${key.slice(0, 20)}" at ${path}, which is no bucket's bound`,
  );
}

function oneAt(endpoint: Endpoint, json: unknown, path: string): unknown {
  const found = valuesAt(endpoint, json, path).filter(
    value => value !== null && value !== undefined,
  );
  if (found.length > 1) {
    throw sourceError(
      endpoint,
      `has ${found.length} values at ${path}; narrow it to one`,
    );
  }
  return found[0];
}

function numberOf(endpoint: Endpoint, value: unknown, path: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && NUMERIC.test(value.trim())) {
    return Number(value);
  }
  throw sourceError(endpoint, `has ${nameOf(value)} at ${path}, not a number`);
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  return `a ${typeof value}`;
}

function valuesAt(endpoint: Endpoint, json: unknown, path: string): unknown[] {
  if (path === '$') return [json];
  if (typeof json !== 'object' || json === null) return [];
  try {
    // 'safe' evaluates filters with an interpreter of its own, never with eval.
    return JSONPath({ path, json, wrap: true, eval: 'safe' }) ?? [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw sourceError(endpoint, `could not be searched for ${path}: ${reason}`);
  }
}
