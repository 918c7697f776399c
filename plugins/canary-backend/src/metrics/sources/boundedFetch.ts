import { isError } from '@backstage/errors';
import { Clock, MetricSourceError } from 'backstage-plugin-canary-node';
import { orAborted, TimeoutError, withTimeout } from '../../clock';
import { Pace } from './Pace';

/** Longest body that is read; a metrics server that sends more is answering another question. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** How long one question may take when its source sets no `timeout`. */
export const DEFAULT_TIMEOUT_MS = 5_000;

const MAX_REDIRECTS = 3;

/** A status with the body's text; the caller judges both. */
export interface BoundedResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly text: string;
}

/** What is sent; a `GET` without a body unless told. */
export interface BoundedRequest {
  readonly method?: 'GET' | 'POST';
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a source is reached, with everything that must never be shown. */
export interface Endpoint {
  /** Name of the source, for messages. */
  readonly name: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly headers: Readonly<Record<string, string>>;
  /** Texts to be struck out of every message. */
  readonly secrets: readonly string[];
  readonly timeoutMs: number;
  /** When to ask again; without it every question is asked once. */
  readonly pace?: Pace;
  /** Headers that are made anew, of a signature or a token that expires. */
  readonly authorize?: (
    request: BoundedRequest & { readonly url: URL },
  ) => Promise<Readonly<Record<string, string>>>;
  /** Whether a body says "later" although its status does not. */
  readonly saysLater?: (text: string) => boolean;
  /** Called when the server refuses the credential of `authorize`; tells whether another may do. */
  readonly refused?: () => boolean;
}

/**
 * A request with limits: time, size, and redirects only of `GET` and within the
 * same origin, so that headers meant for one server never reach another. What
 * the server is too busy for is asked again within the same time. Whatever goes
 * wrong is a `MetricSourceError` that names the source and holds no secret.
 */
export async function boundedFetch(
  endpoint: Endpoint,
  url: URL,
  signal: AbortSignal,
  request: BoundedRequest = {},
): Promise<BoundedResponse> {
  const rest = endpoint.pace?.restMs() ?? 0;
  if (rest > 0) {
    throw sourceError(
      endpoint,
      `limits the rate of questions and is left alone for ${toSeconds(rest)}`,
      { unavailable: true },
    );
  }
  const { clock, timeoutMs } = endpoint;
  try {
    return await withTimeout({ clock, timeoutMs, signal }, limited =>
      fetchUntilAnswered(endpoint, url, limited, request),
    );
  } catch (error) {
    if (error instanceof MetricSourceError) throw error;
    if (signal.aborted) throw sourceError(endpoint, 'was interrupted');
    if (error instanceof TimeoutError) {
      throw sourceError(endpoint, `did not answer within ${timeoutMs} ms`);
    }
    throw sourceError(endpoint, `failed: ${describeCause(error)}`, {
      // What `fetch` itself rejects with; other errors are about the answer.
      unavailable: isError(error) && error.name === 'TypeError',
    });
  }
}

/** A `MetricSourceError` about a source, with its secrets struck out. */
export function sourceError(
  { name, secrets }: Pick<Endpoint, 'name' | 'secrets'>,
  what: string,
  { unavailable = false } = {},
): MetricSourceError {
  const clean = redact(what, secrets).slice(0, 500);
  return new MetricSourceError(
    `Metrics source "${name}" ${clean}`,
    unavailable,
  );
}

/** Shorter ones are no secrets, and striking them out would garble every message. */
const SHORTEST_SECRET = 3;

/** Strikes every secret out of a text, its URL-encoded form too. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter(secret => secret.length >= SHORTEST_SECRET)
    .flatMap(secret => [secret, encodeURIComponent(secret)])
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}

/** Asks again while the server says "later" and there is time for it. */
async function fetchUntilAnswered(
  endpoint: Endpoint,
  url: URL,
  signal: AbortSignal,
  request: BoundedRequest,
): Promise<BoundedResponse> {
  const { clock, pace } = endpoint;
  const deadline = clock.monotonicMs() + endpoint.timeoutMs;
  for (let attempt = 0; ; attempt++) {
    const response = await fetchWithinOrigin(endpoint, url, signal, request);
    const text = await readBounded(response);
    const { status, ok } = response;
    if (status === 401 && attempt === 0 && endpoint.refused?.()) continue;
    const said = endpoint.saysLater?.(text) ? 503 : status;
    const { headers } = response;
    const pause = pace?.pauseAfter({ status: said, headers }, attempt);
    if (pause === undefined || clock.monotonicMs() + pause >= deadline) {
      return { status, ok, text };
    }
    await pace?.pause(pause, signal);
  }
}

async function fetchWithinOrigin(
  endpoint: Endpoint,
  url: URL,
  signal: AbortSignal,
  request: BoundedRequest,
): Promise<Response> {
  const { method = 'GET', body } = request;
  const authorization =
    endpoint.authorize &&
    (await orAborted(endpoint.authorize({ ...request, url }), signal));
  const headers = { ...endpoint.headers, ...request.headers, ...authorization };
  let next = url;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const response = await endpoint.fetch(next.href, {
      method,
      headers,
      body,
      redirect: 'manual',
      signal,
    });
    if (method !== 'GET') return response;
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || !location) {
      return response;
    }
    await response.body?.cancel();
    next = new URL(location, next);
    if (next.origin !== url.origin) {
      throw new Error('it redirects to another origin, which is not followed');
    }
  }
  throw new Error(`it redirects more than ${MAX_REDIRECTS} times`);
}

function toSeconds(ms: number): string {
  return `${Math.ceil(ms / 1000)} s`;
}

async function readBounded(response: Response): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks).toString('utf8');
    size += value.byteLength;
    if (size > MAX_BODY_BYTES) {
      await reader.cancel();
      throw new Error(`its answer is longer than ${MAX_BODY_BYTES} bytes`);
    }
    chunks.push(value);
  }
}

/** `fetch failed` says nothing; the reason is in the chain of causes. */
function describeCause(error: unknown): string {
  if (!isError(error)) return String(error);
  const { cause } = error;
  if (!isError(cause)) return error.message;
  // Where a name has several addresses, only the code says why all of them failed.
  return `${error.message} (${cause.message || cause.code || cause.name})`;
}
