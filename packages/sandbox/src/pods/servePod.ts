import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { Clock } from '../clock';
import { PAYMENT_PATH, REQUESTS_PER_PAYMENT } from '../payments';
import { ImageBehaviour } from './imageBehaviour';

/** A pod's process: one HTTP server on a loopback port of its own. */
export interface PodServer {
  readonly port: number;
  /** Takes no new connection, lets running requests end, then resolves. */
  stop(): Promise<void>;
}

/** Milliseconds of work for a request that is not slow. */
const usualLatencyMs = { least: 2, spread: 4 };
const slowFactor = 10;

/** Starts serving `GET /` with `{ service, version, pod }`. */
export async function servePod(options: {
  readonly behaviour: Extract<ImageBehaviour, { kind: 'serves' }>;
  readonly identity: { service: string; version: string; pod: string };
  readonly clock: Clock;
  readonly random: () => number;
  /** Share of the load that a healthy version answers with HTTP 500 at present: of its payments, so many times as much. */
  readonly ownErrorShare: () => number;
  readonly log: (line: string) => void;
}): Promise<PodServer> {
  const { behaviour, identity, clock, random, log, ownErrorShare } = options;
  const { errorFactor } = behaviour;
  const body = JSON.stringify(identity);
  const failure = JSON.stringify({
    ...identity,
    error: 'Internal Server Error',
  });
  let stopping = false;
  const server = createServer((request, response) => {
    const isPayment = request.url?.startsWith(PAYMENT_PATH);
    const ownErrors = isPayment ? ownErrorShare() * REQUESTS_PER_PAYMENT : 0;
    const failed = random() < (behaviour.errorShare ?? errorFactor * ownErrors);
    const slow = random() < behaviour.slowShare;
    const usual = usualLatencyMs.least + random() * usualLatencyMs.spread;
    request.resume();
    clock.after(slow ? usual * slowFactor : usual, () => {
      if (failed) log(`500 ${request.method} ${request.url}`);
      response.writeHead(failed ? 500 : 200, {
        'content-type': 'application/json',
        ...(stopping && { connection: 'close' }),
      });
      response.end(failed ? failure : body);
    });
  });
  // Longer than the gateway keeps a connection idle, so that it never writes
  // into one that closes at that moment.
  server.keepAliveTimeout = 60_000;
  await listen(server);
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise(resolve => {
        stopping = true;
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}
