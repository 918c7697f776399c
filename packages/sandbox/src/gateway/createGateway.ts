import {
  Agent,
  createServer,
  IncomingMessage,
  ServerResponse,
} from 'node:http';
import { ObjectStore } from '../kubernetes-api';
import { RequestRecord } from '../metrics';
import { callWithRetry } from './callPod';
import { chooseBackend } from './chooseBackend';
import { filterHeaders } from './headerFilters';
import { matchRoute } from './matchRoute';
import { mirrorRequest } from './mirrorRequest';
import { BackendRef, RouteEntry } from './model';
import { Endpoint, RouteTable } from './RouteTable';

/** No pod behind the Service is ready. */
class NoEndpointError extends Error {}

/** What the gateway is made of. */
export interface GatewayOptions {
  readonly store: ObjectStore;
  /** 0 to 1; with the same numbers the same requests go to the same backends. */
  readonly random: () => number;
  /** Told every request that was answered in full, mirrored ones too. */
  readonly record: (record: RequestRecord) => void;
}

/** The server (not yet listening), and what ends its connections to the pods. */
export function createGateway({ store, random, record }: GatewayOptions) {
  const table = new RouteTable(store);
  const agent = new Agent({
    keepAlive: true,
    maxFreeSockets: 64,
    timeout: 30_000,
  });

  async function forward(request: IncomingMessage, response: ServerResponse) {
    const startedAt = performance.now();
    const url = new URL(request.url ?? '/', 'http://gateway');
    const host = (request.headers.host ?? '')
      .replace(/:\d+$/, '')
      .toLowerCase();
    const entry = matchRoute(table.entries, {
      host,
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
    });
    if (!entry) {
      refuse(response, 404, `no route for ${host}${url.pathname}`);
      return;
    }
    const backend = chooseBackend(entry.rule.backendRefs ?? [], random);
    if (
      !backend ||
      !table.hasService(namespaceOf(entry, backend), backend.name)
    ) {
      refuse(response, 500, `route ${entry.route} has no usable backend`);
      return;
    }
    const namespace = namespaceOf(entry, backend);
    const target = { namespace, service: backend.name };
    // `finish` comes once the whole answer went out; a client that left is not counted.
    const count = (endpoint: Pick<Endpoint, 'pod' | 'version'>, code: number) =>
      response.once('finish', () =>
        record({
          ...target,
          ...endpoint,
          code,
          latencyMs: performance.now() - startedAt,
        }),
      );
    const filters = [...(entry.rule.filters ?? []), ...(backend.filters ?? [])];
    const hasBody =
      request.headers['content-length'] !== undefined ||
      request.headers['transfer-encoding'] !== undefined;
    const outgoing = {
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers: filterHeaders(request.headers, filters, 'requestHeaderModifier'),
      body: hasBody ? request : undefined,
    };
    mirrorRequest({ entry, outgoing, filters, table, agent, random, record });

    const pick = () => {
      const endpoints = table.endpoints(namespace, backend.name);
      const endpoint = endpoints[Math.floor(random() * endpoints.length)];
      if (!endpoint) throw new NoEndpointError();
      return endpoint;
    };
    try {
      const { endpoint, answer } = await callWithRetry(agent, pick, outgoing);
      const code = answer.statusCode ?? 502;
      count(endpoint, code);
      response.writeHead(
        code,
        filterHeaders(
          withoutHopByHop(answer.headers),
          filters,
          'responseHeaderModifier',
        ),
      );
      answer.once('error', () => response.destroy());
      answer.pipe(response);
    } catch (error) {
      const none = error instanceof NoEndpointError;
      count({ pod: '', version: '' }, none ? 503 : 502);
      refuse(
        response,
        none ? 503 : 502,
        none
          ? `no ready pod behind ${backend.name}`
          : `no answer from ${backend.name}`,
      );
    }
  }

  const server = createServer((request, response) => {
    forward(request, response).catch(error => {
      if (response.headersSent) response.destroy();
      else refuse(response, 500, String(error));
    });
  });
  return {
    server,
    close: () => {
      table.close();
      agent.destroy();
    },
  };
}

function namespaceOf(entry: RouteEntry, backend: BackendRef): string {
  return backend.namespace ?? entry.namespace;
}

function withoutHopByHop(headers: IncomingMessage['headers']) {
  const { connection, 'keep-alive': keepAlive, ...rest } = headers;
  return rest;
}

function refuse(response: ServerResponse, code: number, message: string) {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: message }));
}
