import http from 'node:http';
import { AddressInfo } from 'node:net';

/** A request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: unknown;
}

type Answer = (
  request: SeenRequest,
  response: http.ServerResponse,
) => unknown | Promise<unknown>;

const RESOURCES = [
  { name: 'deployments/status', kind: 'Deployment' },
  { name: 'deployments', kind: 'Deployment' },
];

/**
 * A real HTTP server in place of a Kubernetes API: it knows the one kind
 * Deployment, and the test answers the rest. What `answer` returns is sent as
 * JSON with 200; undefined means that it has answered, or never will.
 */
export async function serveApi(answer: Answer) {
  const seen: SeenRequest[] = [];
  const server = http.createServer(async (incoming, response) => {
    const url = new URL(incoming.url!, 'http://server');
    if (url.pathname.endsWith('/apis/apps/v1')) {
      sendJson(response, 200, { resources: RESOURCES });
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const request = {
      method: incoming.method!,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: incoming.headers,
      body: text ? JSON.parse(text) : undefined,
    };
    seen.push(request);
    const body = await answer(request, response);
    if (body !== undefined) sendJson(response, 200, body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** Answers as a Kubernetes API does. */
export function sendJson(
  response: http.ServerResponse,
  status: number,
  body: unknown,
): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
