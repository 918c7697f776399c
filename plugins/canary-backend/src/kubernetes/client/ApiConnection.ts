import { ServiceUnavailableError } from '@backstage/errors';
import { KubeConfig } from '@kubernetes/client-node';
import { Clock } from 'backstage-plugin-canary-node';
import http from 'node:http';
import https from 'node:https';
import { TimeoutError, withTimeout } from '../../clock';
import { describeFailure } from './describeFailure';
import { KeptAgent } from './KeptAgent';

/** One request to a Kubernetes API. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path below the server's address, already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  /** Of the body; `application/json` unless told. */
  readonly contentType?: string;
  readonly signal?: AbortSignal;
}

/** Its answer; `body` is undefined where it was not JSON. */
export interface ApiResponse {
  readonly status: number;
  readonly body: unknown;
}

/** Bounds of every request. */
export interface ApiLimits {
  readonly timeoutMs: number;
  /** Largest answer that is read into memory. */
  readonly maxBytes: number;
}

const DEFAULT_LIMITS: ApiLimits = {
  timeoutMs: 10_000,
  maxBytes: 32 * 1024 * 1024,
};

/** A server that is asked too much says so this often before it is a refusal. */
const MOST_SENT = 3;
/** One that asks for more is not waited for: the refusal is told instead. */
const LONGEST_REST_MS = 5_000;

/**
 * HTTP to one cluster: the client library knows who we are and whom we trust
 * (tokens, certificates, exec plugins, proxies), Node's own client sends.
 *
 * Every failure to get an answer is a `ServiceUnavailableError` without any
 * credential in it; a status is an answer. Redirects are not followed: they
 * would carry our token to another host.
 */
export class ApiConnection {
  private readonly agent = new KeptAgent();
  private readonly limits: ApiLimits;

  constructor(
    private readonly name: string,
    private readonly kubeConfig: KubeConfig,
    private readonly clock: Clock,
    limits: Partial<ApiLimits> = {},
  ) {
    this.limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /**
   * Sends a request and reads its whole answer. Where the server asks to wait
   * before it takes the request at all, it is sent again after that time, as far
   * as the time for the request allows.
   */
  async send(request: ApiRequest): Promise<ApiResponse> {
    return this.bounded(request, this.limits.timeoutMs, async signal => {
      for (let sent = 1; ; sent++) {
        const { restMs, ...answer } = await this.ask(request, signal);
        if (restMs === undefined || sent === MOST_SENT) return answer;
        await this.clock.sleep(restMs, signal);
        signal.throwIfAborted();
      }
    });
  }

  private async ask(
    request: ApiRequest,
    signal: AbortSignal,
  ): Promise<ApiResponse & { readonly restMs?: number }> {
    const response = await this.open(request, signal);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response) {
      size += chunk.length;
      if (size > this.limits.maxBytes) {
        throw new Error(
          `its answer is larger than ${this.limits.maxBytes} bytes`,
        );
      }
      chunks.push(chunk);
    }
    const status = response.statusCode ?? 0;
    const body = parseJson(Buffer.concat(chunks).toString('utf8'));
    if (status < 300 && body === undefined) {
      throw new Error('its answer is not JSON; is this a Kubernetes API?');
    }
    return { status, body, restMs: askedRestMs(request, response) };
  }

  /**
   * Sends a request whose answer is one JSON value a line, and hands over each
   * as it comes. Resolves with the status when the server ends the stream; an
   * answer other than 200 has no lines.
   */
  async stream(
    request: ApiRequest,
    options: { readonly timeoutMs: number; readonly maxLineBytes: number },
    onValue: (value: unknown) => void,
  ): Promise<number> {
    return this.bounded(request, options.timeoutMs, async signal => {
      const response = await this.open(request, signal);
      if (response.statusCode !== 200) {
        response.destroy();
        return response.statusCode ?? 0;
      }
      let pending = '';
      response.setEncoding('utf8');
      for await (const chunk of response) {
        const lines = (pending + chunk).split('\n');
        pending = lines.pop() ?? '';
        if (pending.length > options.maxLineBytes) {
          throw new Error(
            `a line of its stream is larger than ${options.maxLineBytes} bytes`,
          );
        }
        for (const line of lines) {
          const value = parseJson(line);
          if (value !== undefined) onValue(value);
        }
      }
      return 200;
    });
  }

  /** Opens the request and resolves at the head of its answer. */
  private async open(request: ApiRequest, signal: AbortSignal) {
    const server = this.kubeConfig.getCurrentCluster()?.server;
    if (!server) throw new Error('its configuration names no server');
    const url = new URL(server);
    url.pathname = url.pathname.replace(/\/$/, '') + request.path;
    url.search = '';
    for (const [key, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.set(key, value);
    }

    const body =
      request.body === undefined ? undefined : JSON.stringify(request.body);
    const options: https.RequestOptions & {
      headers: http.OutgoingHttpHeaders;
    } = {
      method: request.method,
      signal,
      headers: {
        accept: 'application/json',
        'user-agent': 'backstage-canary',
        ...(body !== undefined && {
          'content-type': request.contentType ?? 'application/json',
          'content-length': Buffer.byteLength(body),
        }),
      },
    };
    await this.authenticate(options, signal);
    const client = url.protocol === 'https:' ? https : http;
    return new Promise<http.IncomingMessage>((resolve, reject) => {
      const outgoing = client.request(url, options, resolve);
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  private async authenticate(
    options: https.RequestOptions & { headers: http.OutgoingHttpHeaders },
    signal: AbortSignal,
  ) {
    try {
      await this.kubeConfig.applyToHTTPSOptions(options);
    } catch (error) {
      if (signal.aborted) throw error;
      // The text is a program's or a file's own and may quote a credential.
      throw new Error('its credentials could not be obtained');
    }
    const { Authorization: authorization } = options.headers;
    if (typeof authorization === 'string') {
      // A token file often ends with a newline, which no header may contain.
      options.headers.Authorization = authorization.trim();
    }
    if (!this.kubeConfig.getCurrentCluster()?.proxyUrl) {
      options.agent = this.agent.for(options);
    }
  }

  /** Runs `work` under the caller's signal and a timeout, and words its failure. */
  private async bounded<T>(
    request: ApiRequest,
    timeoutMs: number,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { signal } = request;
    try {
      return await withTimeout({ clock: this.clock, timeoutMs, signal }, work);
    } catch (error) {
      signal?.throwIfAborted();
      const why =
        error instanceof TimeoutError
          ? `no answer within ${timeoutMs} ms`
          : describeFailure(error);
      throw new ServiceUnavailableError(
        `Cluster "${this.name}" cannot be reached: ${why}`,
      );
    }
  }
}

/**
 * How long the server asks to wait before it takes the request. A 429 did
 * nothing; a 503 may have, so that only a read is sent again.
 */
function askedRestMs(
  { method }: ApiRequest,
  { statusCode, headers }: http.IncomingMessage,
): number | undefined {
  const didNothing =
    statusCode === 429 || (statusCode === 503 && method === 'GET');
  const asked = headers['retry-after'];
  if (!didNothing || !asked || !/^\d{1,4}$/.test(asked)) return undefined;
  const restMs = Number(asked) * 1000;
  return restMs <= LONGEST_REST_MS ? restMs : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
