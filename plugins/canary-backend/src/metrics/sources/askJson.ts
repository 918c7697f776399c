import { z } from 'zod';
import {
  boundedFetch,
  BoundedRequest,
  Endpoint,
  sourceError,
} from './boundedFetch';
import { parseJson } from './parseJson';

/**
 * Asks an HTTP API and reads its JSON answer. Everything but a sound answer is
 * a `MetricSourceError`; where the body of a refusal says why, it does too.
 */
export async function askJson<T>(
  endpoint: Endpoint,
  url: URL,
  options: {
    /** Name of the API, for messages. */
    readonly api: string;
    /** What a sound answer looks like. */
    readonly answer: z.ZodType<T>;
    /** Finds the reason in the body of a refusal, whose shape is unknown: parsed, and as text. */
    readonly reason: (body: any, text: string) => unknown;
    readonly signal: AbortSignal;
    readonly request?: BoundedRequest;
  },
): Promise<T> {
  const { api, signal, request } = options;
  const response = await boundedFetch(endpoint, url, signal, request);
  const body = parseJson(response.text);
  const reason = reasonOf(() => options.reason(body, response.text));
  if (!response.ok) {
    const why = reason ? `: ${reason}` : '';
    throw sourceError(
      endpoint,
      `answered with status ${response.status}${why}`,
    );
  }
  const parsed = options.answer.safeParse(body);
  if (parsed.success) return parsed.data;
  if (reason) throw sourceError(endpoint, `refused the query: ${reason}`);
  throw sourceError(endpoint, `did not answer as ${api} does`);
}

/** Says that an answer holds more than one series, and what to do. */
export function severalSeries(endpoint: Endpoint, count: number): Error {
  return sourceError(
    endpoint,
    `answered with ${count} series; aggregate them to one`,
  );
}

function reasonOf(find: () => unknown) {
  try {
    const reason = find();
    return typeof reason === 'string' ? reason : undefined;
  } catch {
    // It is somebody else's page, not the API's.
    return undefined;
  }
}
