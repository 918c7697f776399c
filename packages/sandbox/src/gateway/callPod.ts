import { Agent, IncomingMessage, request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { Endpoint } from './RouteTable';

/** A request on its way to a pod. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string | string[] | undefined | number>;
  /** Absent when the request carries no body. */
  readonly body?: Readable;
}

/** Sends the request to the pod; rejects when no response comes. */
export function callPod(
  agent: Agent,
  endpoint: Endpoint,
  { method, url, headers, body }: OutgoingRequest,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        agent,
        host: '127.0.0.1',
        port: endpoint.port,
        method,
        path: url,
        headers,
      },
      resolve,
    );
    outgoing.on('error', reject);
    if (body) body.pipe(outgoing);
    else outgoing.end();
  });
}

/**
 * Tries the chosen pod, and once another (or the same) one when the
 * connection broke before any response. A request with a body is sent once.
 */
export async function callWithRetry(
  agent: Agent,
  pick: () => Endpoint,
  request: OutgoingRequest,
): Promise<{ endpoint: Endpoint; answer: IncomingMessage }> {
  const first = pick();
  try {
    return { endpoint: first, answer: await callPod(agent, first, request) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const broken = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code);
    if (request.body || !broken) throw error;
    const second = pick();
    return { endpoint: second, answer: await callPod(agent, second, request) };
  }
}
