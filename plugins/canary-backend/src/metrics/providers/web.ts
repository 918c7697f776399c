import {
  defineMetricProvider,
  QueryArgument,
} from 'backstage-plugin-canary-node';
import { boundedFetch, Endpoint, sourceError } from '../sources/boundedFetch';
import {
  EndpointConfig,
  endpointConfig,
  endpointOf,
} from '../sources/endpoint';
import { bucketsAt } from '../reading/bucketsAt';
import { numberAt } from '../reading/numberAt';

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
        return { value, warnings: [] };
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
