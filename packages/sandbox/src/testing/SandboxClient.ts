import { Agent, get as httpGet } from 'node:http';
import { Sandbox } from '../SandboxOptions';
import { deploymentOf, templateOf } from './deployments';

const groups: Readonly<Record<string, string>> = {
  deployments: 'apis/apps/v1',
  httproutes: 'apis/gateway.networking.k8s.io/v1',
};

/** What a visitor of the shop got. */
export interface Visit {
  readonly code: number;
  readonly service?: string;
  readonly version?: string;
  readonly pod?: string;
}

/** The sandbox as tests use it: from outside, over HTTP, in namespace `shop`. */
export class SandboxClient {
  constructor(private readonly sandbox: Sandbox) {}

  /** `deployments/checkout` as an object; throws with the status code otherwise. */
  get(path: string): Promise<any> {
    return this.call(this.url(path));
  }

  async list(path: string): Promise<any> {
    return (await this.call(this.url(path))).items;
  }

  patch(path: string, body: unknown): Promise<any> {
    return this.call(this.url(path), {
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify(body),
    });
  }

  delete(path: string): Promise<any> {
    return this.call(this.url(path), { method: 'DELETE' });
  }

  /** Changes the image of the first container. */
  async setImage(path: string, image: string): Promise<void> {
    const { spec } = await this.get(path);
    const [container] = spec.template.spec.containers;
    await this.patch(path, {
      spec: { template: { spec: { containers: [{ ...container, image }] } } },
    });
  }

  /** A Deployment and Service `checkout-canary` of two ready pods. */
  async createCanary(tag: string): Promise<void> {
    const name = 'checkout-canary';
    await this.create('deployments', {
      ...deploymentOf(name),
      spec: {
        ...deploymentOf(name).spec,
        template: templateOf(name, `shop/checkout:${tag}`),
      },
    });
    await this.create('services', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { selector: { app: name }, ports: [{ port: 80 }] },
    });
    await this.untilSettled(`deployments/${name}`);
    await this.until(
      () => this.get(`endpoints/${name}`),
      ({ subsets }) => subsets.filter((s: any) => s.addresses).length === 2,
    );
  }

  /** Splits checkout's route between the stable and the canary Service. */
  async setWeights(stable: number, canary: number): Promise<void> {
    await this.patchRule({
      backendRefs: [
        { name: 'checkout', port: 80, weight: stable },
        { name: 'checkout-canary', port: 80, weight: canary },
      ],
    });
  }

  /** Mirrors checkout's requests to a Service. */
  async setMirror(service: string): Promise<void> {
    await this.patchRule({
      filters: [
        {
          type: 'RequestMirror',
          requestMirror: { backendRef: { name: service, port: 80 } },
        },
      ],
    });
  }

  /** Requests one after the other, over one connection. */
  async visit(host: string, count: number, path = '/'): Promise<Visit[]> {
    const agent = new Agent({ keepAlive: true, maxSockets: 20 });
    const visits = await Promise.all(
      Array.from({ length: count }, () =>
        this.visitOnce({ host, path, agent }),
      ),
    );
    agent.destroy();
    return visits;
  }

  stats(pods: string): Promise<any> {
    const query = new URLSearchParams({
      namespace: 'shop',
      pods,
      window: '1m',
    });
    return this.call(`${this.sandbox.controlUrl}/stats?${query}`);
  }

  control(path: string): Promise<any> {
    return this.call(`${this.sandbox.controlUrl}/control/${path}`);
  }

  post(path: string, body: unknown): Promise<any> {
    return this.call(`${this.sandbox.controlUrl}/control/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** Waits until every replica is of the current template and available. */
  async untilSettled(path: string): Promise<void> {
    await this.until(
      () => this.get(path),
      ({ metadata, spec, status }) =>
        status.observedGeneration === metadata.generation &&
        ['replicas', 'updatedReplicas', 'availableReplicas'].every(
          field => status[field] === spec.replicas,
        ),
    );
  }

  /** Reads until it holds; throws what was read last after twenty seconds. */
  async until<T>(
    read: () => Promise<T>,
    holds: (value: T) => boolean,
  ): Promise<T> {
    const giveUpAt = Date.now() + 20_000;
    for (;;) {
      const value = await read();
      if (holds(value)) return value;
      if (Date.now() > giveUpAt) {
        throw new Error(`It did not happen: ${JSON.stringify(value)}`);
      }
      await new Promise(resolve => setTimeout(resolve, 25));
    }
  }

  private async patchRule(change: object): Promise<void> {
    const { spec } = await this.get('httproutes/checkout');
    await this.patch('httproutes/checkout', {
      spec: { rules: [{ ...spec.rules[0], ...change }] },
    });
  }

  private create(plural: string, body: unknown): Promise<any> {
    return this.call(this.url(plural), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  private url(path: string): string {
    const group = groups[path.split('/')[0]] ?? 'api/v1';
    return `${this.sandbox.kubernetesUrl}/${group}/namespaces/shop/${path}`;
  }

  private async call(url: string, init?: RequestInit): Promise<any> {
    const answer = await fetch(url, init);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${answer.status} ${text}`);
    return JSON.parse(text);
  }

  private visitOnce(from: {
    readonly host: string;
    readonly path: string;
    readonly agent: Agent;
  }): Promise<Visit> {
    const { host, path, agent } = from;
    const url = new URL(path, this.sandbox.gatewayUrl);
    return new Promise((resolve, reject) => {
      httpGet(url, { agent, headers: { host } }, answer => {
        let text = '';
        answer.on('data', chunk => {
          text += chunk;
        });
        answer.on('end', () =>
          resolve({ code: answer.statusCode ?? 0, ...JSON.parse(text) }),
        );
      }).on('error', reject);
    });
  }
}
