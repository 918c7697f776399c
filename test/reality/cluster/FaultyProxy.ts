import { readFileSync } from 'node:fs';
import http, { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import { AddressInfo } from 'node:net';

/** What the proxy does with a request. */
export type Treatment =
  | 'pass'
  /** `429 Too Many Requests` with a `Retry-After`. */
  | 'tooMany'
  /** An internal error, as a `Status`; the API server never sees the request. */
  | 'error'
  /** The API server does it, and its answer is lost on the way. */
  | 'loseAnswer'
  /** As `loseAnswer`, and this happens once it was done. */
  | { readonly loseAnswer: () => Promise<void> }
  /** The connection ends; the API server never sees the request. */
  | 'drop'
  /** The connection ends; the API server sees the request when it is sent on, which gives the status. */
  | { readonly hold: (sendOn: () => Promise<number>) => void };

/** A request of the backend, as a fault is chosen by it. */
export interface ProxiedRequest {
  readonly method: string;
  readonly path: string;
  /** Empty where it is of none. */
  readonly namespace: string;
  /** How many of this namespace were seen before it. */
  readonly index: number;
  readonly isWrite: boolean;
  readonly isWatch: boolean;
}

/** Stands between a backend and its API server, and fails as networks and servers do. */
export class FaultyProxy {
  private readonly treatments = new Map<
    string,
    (request: ProxiedRequest) => Treatment | Promise<Treatment>
  >();
  private readonly faults = new Map<string, number>();
  private readonly seen = new Map<string, number>();
  private readonly agent: https.Agent;
  private readonly server = http.createServer((request, response) => {
    this.forward(request, response).catch(() => response.destroy());
  });

  private constructor(private readonly target: string, caFile: string) {
    this.agent = new https.Agent({ keepAlive: true, ca: readFileSync(caFile) });
  }

  static async start(target: {
    readonly url: string;
    readonly caFile: string;
  }): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(target.url, target.caFile);
    await new Promise<void>(resolve => {
      proxy.server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  /** From now on this chooses what becomes of the requests of a namespace; at first all pass. */
  treat(
    namespace: string,
    choose: (request: ProxiedRequest) => Treatment | Promise<Treatment>,
  ): void {
    this.treatments.set(namespace, choose);
  }

  /** How many requests of a namespace did not pass. */
  faultsIn(namespace: string): number {
    return this.faults.get(namespace) ?? 0;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.agent.destroy();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }

  private async forward(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const asked = this.asked(request);
    const { namespace } = asked;
    const treatment = (await this.treatments.get(namespace)?.(asked)) ?? 'pass';
    if (treatment !== 'pass') {
      this.faults.set(namespace, this.faultsIn(namespace) + 1);
    }
    if (treatment === 'tooMany') {
      refuse(response, 429, 'TooManyRequests', { 'retry-after': '1' });
      return;
    }
    if (treatment === 'error') {
      refuse(response, 500, 'InternalError');
      return;
    }
    if (treatment === 'drop') {
      response.destroy();
      return;
    }
    const body = Buffer.concat(chunks);
    if (typeof treatment === 'object' && 'hold' in treatment) {
      response.destroy();
      treatment.hold(async () => {
        const answer = await this.send(request, body);
        answer.resume();
        return answer.statusCode!;
      });
      return;
    }
    const answer = await this.send(request, body);
    if (treatment !== 'pass') {
      await new Promise(resolve => answer.resume().once('close', resolve));
      if (treatment !== 'loseAnswer') await treatment.loseAnswer();
      response.destroy();
      return;
    }
    response.writeHead(answer.statusCode!, answer.headers);
    response.on('close', () => answer.destroy());
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  }

  private asked({ method = '', url = '' }: IncomingMessage): ProxiedRequest {
    const namespace = /\/namespaces\/([^/?]+)/.exec(url)?.[1] ?? '';
    const index = this.seen.get(namespace) ?? 0;
    this.seen.set(namespace, index + 1);
    return {
      method,
      path: url,
      namespace,
      index,
      isWrite: method !== 'GET' && !url.includes('selfsubjectaccessreviews'),
      isWatch: url.includes('watch='),
    };
  }

  private send(
    { method, url = '', headers }: IncomingMessage,
    body: Buffer,
  ): Promise<IncomingMessage> {
    const { host: _, connection: __, ...kept } = headers;
    return new Promise((resolve, reject) => {
      const request = https.request(
        new URL(url, this.target),
        { method, headers: kept, agent: this.agent },
        resolve,
      );
      request.on('error', reject);
      request.end(body);
    });
  }
}

function refuse(
  response: ServerResponse,
  code: number,
  reason: string,
  headers: http.OutgoingHttpHeaders = {},
) {
  response.writeHead(code, { 'content-type': 'application/json', ...headers });
  response.end(
    JSON.stringify({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      message: 'the proxy of the tests refuses this',
      reason,
      code,
    }),
  );
}
