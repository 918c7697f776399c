import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';

/** An object of the Kubernetes API, as it is. */
export type KubeObject = Record<string, any>;

/** What the API server refused. */
export class KubeError extends Error {
  constructor(readonly status: number, what: string, message: string) {
    super(`${what}: ${status} ${message}`);
    this.name = 'KubeError';
  }
}

/** What asking again will not mend: the object itself is wrong. */
export function failOnOwnMistake(error: unknown): void {
  if (error instanceof KubeError && [400, 422].includes(error.status)) {
    throw error;
  }
}

const PATCH_TYPES = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
};

/** The API server as people, kubelets and gateways use it, without going through us. */
export class KubeClient {
  private readonly agent: https.Agent;
  private readonly url: string;

  constructor(
    private readonly server: {
      readonly url: string;
      readonly token: string;
      readonly caFile: string;
    },
  ) {
    this.url = server.url;
    this.agent = new https.Agent({
      keepAlive: true,
      ca: readFileSync(server.caFile),
    });
  }

  get(path: string): Promise<KubeObject> {
    return this.send('GET', path);
  }

  /** The object, or undefined where there is none. */
  async find(path: string): Promise<KubeObject | undefined> {
    return this.get(path).catch(unlessMissing);
  }

  /** Items of a collection. */
  async list(path: string): Promise<KubeObject[]> {
    return (await this.get(path)).items;
  }

  create(collection: string, object: KubeObject): Promise<KubeObject> {
    return this.send('POST', collection, object);
  }

  patch(
    path: string,
    patch: unknown,
    type: keyof typeof PATCH_TYPES = 'merge',
  ): Promise<KubeObject> {
    return this.send('PATCH', path, patch, PATCH_TYPES[type]);
  }

  /** Deletes the object; one that is gone already is well. */
  async delete(path: string, options?: KubeObject): Promise<void> {
    await this.send('DELETE', path, {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      ...options,
    }).catch(unlessMissing);
  }

  /**
   * The lines of a watch, until it ends.
   *
   * @throws KubeError when the server refuses it
   */
  async *watch(
    path: string,
    resourceVersion: string,
    signal: AbortSignal,
  ): AsyncGenerator<{ type: string; object: KubeObject }> {
    const response = await this.request(
      'GET',
      `${path}?watch=1&resourceVersion=${resourceVersion}`,
      { signal },
    );
    let rest = '';
    for await (const chunk of response.setEncoding('utf8')) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop()!;
      for (const line of lines) yield JSON.parse(line);
    }
  }

  close(): void {
    this.agent.destroy();
  }

  private async send(
    method: string,
    path: string,
    body?: unknown,
    contentType = 'application/json',
  ): Promise<KubeObject> {
    const response = await this.request(method, path, { body, contentType });
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk;
    if (response.statusCode! < 300) return JSON.parse(text);
    throw new KubeError(response.statusCode!, `${method} ${path}`, text);
  }

  private request(
    method: string,
    path: string,
    options: {
      readonly body?: unknown;
      readonly contentType?: string;
      readonly signal?: AbortSignal;
    },
  ): Promise<http.IncomingMessage> {
    const { body, contentType, signal } = options;
    const data = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const request = https.request(
        new URL(path, this.url),
        {
          method,
          agent: this.agent,
          signal,
          headers: {
            authorization: `Bearer ${this.server.token}`,
            ...(data !== undefined && {
              'content-type': contentType,
              'content-length': Buffer.byteLength(data),
            }),
          },
        },
        resolve,
      );
      request.on('error', reject);
      request.end(data);
    });
  }
}

function unlessMissing(error: unknown): undefined {
  if (error instanceof KubeError && error.status === 404) return undefined;
  throw error;
}
