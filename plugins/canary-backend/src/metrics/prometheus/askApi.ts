import {
  boundedFetch,
  BoundedRequest,
  Endpoint,
  sourceError,
} from '../sources/boundedFetch';
import { PrometheusAnswer, prometheusAnswer } from './prometheusAnswer';
import { parseJson } from '../sources/parseJson';

/** Of a proxy before it or a limit of the server, not of the query. */
const UNAVAILABLE: readonly number[] = [429, 502, 503, 504];

/** Where a question is asked: below `/api/v1`, which the base URL may end with. */
export function apiUrl(
  baseUrl: URL,
  method: 'query' | 'query_range',
  parameters: Record<string, string>,
): URL {
  const url = new URL(baseUrl);
  const prefix = url.pathname.replace(/\/+$/, '').replace(/\/api\/v1$/, '');
  url.pathname = `${prefix}/api/v1/${method}`;
  for (const [name, value] of Object.entries(parameters)) {
    url.searchParams.set(name, value);
  }
  return url;
}

/** Prometheus takes Unix seconds with a fraction. */
export function seconds(ms: number): string {
  return String(ms / 1000);
}

/** The API's answer; throws `MetricSourceError` where it is none, or says that it is not whole. */
export async function ask(
  endpoint: Endpoint,
  url: URL,
  signal: AbortSignal,
  request?: BoundedRequest,
): Promise<PrometheusAnswer> {
  const sent = await boundedFetch(endpoint, url, signal, request);
  const { ok, status, text } = sent;
  const parsed = prometheusAnswer.safeParse(parseJson(text));
  // An error carries its reason in the body, with whatever status.
  if (parsed.success && parsed.data.status === 'error') {
    const { errorType = 'error', error = 'no reason given' } = parsed.data;
    throw sourceError(endpoint, `refused the query: ${errorType}: ${error}`);
  }
  if (!ok) {
    throw sourceError(endpoint, `answered with status ${status}`, {
      unavailable: UNAVAILABLE.includes(status),
    });
  }
  if (!parsed.success) {
    throw sourceError(endpoint, 'did not answer as the Prometheus API does');
  }
  const [warning] = parsed.data.warnings ?? [];
  if (warning !== undefined) {
    // A store that is down, a limit that was cut: a number, but of what?
    throw sourceError(
      endpoint,
      `warns that its answer is not whole: ${warning}`,
    );
  }
  return parsed.data;
}
