import http, { ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';

/** How the server treats a question. */
export type Behaviour = (response: ServerResponse) => void;

/** An answer with this body. */
export const answering =
  (body: string, status = 200): Behaviour =>
  response => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body);
  };

/** What a metric without a behaviour of its own gets: a value that passes. */
const GOOD = answering('{"value": 0.5}');

/**
 * A metrics server that misbehaves on demand: `/<metric>`, and everything below
 * it, is answered as that metric's behaviour says.
 */
export class MetricsServer {
  private readonly behaviours = new Map<string, Behaviour>();
  private readonly server = http.createServer((request, response) => {
    const [, metric] = new URL(request.url!, 'http://x').pathname.split('/');
    (this.behaviours.get(metric) ?? GOOD)(response);
  });

  /** Starts on any free port of 127.0.0.1. */
  async start(): Promise<void> {
    await new Promise<void>(resolve => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** From now on the metric is answered like this. */
  set(metric: string, behaviour: Behaviour): void {
    this.behaviours.set(metric, behaviour);
  }

  /** From now on the metric has a value that passes. */
  heal(metric: string): void {
    this.behaviours.delete(metric);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }
}
