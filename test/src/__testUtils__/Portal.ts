import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- the plugin as a whole is what is tested
import canaryPlugin from 'backstage-plugin-canary-backend';
import { isEnded, Rollout, RolloutEvent } from 'backstage-plugin-canary-common';

type Backend = Awaited<ReturnType<typeof startTestBackend>>;

/** What the API answered: a DTO, or a Backstage error. */
export interface Answer {
  readonly status: number;
  readonly body: any;
}

/** What a portal is made of. */
export interface PortalOptions {
  readonly entities: Entity[];
  /** The `canary` part of `app-config.yaml`. */
  readonly canary: JsonObject;
  /** Folder of the database; without it everything is forgotten at the end. */
  readonly directory?: string;
}

/** A backend with the real plugin in it, seen through its HTTP API. */
export class Portal {
  /** Names of permissions that nobody has. */
  readonly denied = new Set<string>();
  private backend?: Backend;

  private constructor(private readonly options: PortalOptions) {}

  static async open(options: PortalOptions): Promise<Portal> {
    const portal = new Portal(options);
    await portal.start();
    return portal;
  }

  /** Starts the backend, or another one after `stop`. */
  async start(): Promise<void> {
    const { entities, canary, directory } = this.options;
    const connection = directory ? { directory } : ':memory:';
    const database = { client: 'better-sqlite3', connection };
    this.backend = await startTestBackend({
      features: [
        canaryPlugin,
        databaseServiceFactory,
        catalogServiceMock.factory({ entities }),
        mockServices.rootConfig.factory({
          data: { backend: { database }, canary },
        }),
        mockServices.permissions.mock({
          authorize: async requests =>
            requests.map(({ permission }) => ({
              result: this.denied.has(permission.name)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
            })),
        }).factory,
      ],
    });
  }

  async stop(): Promise<void> {
    await this.backend?.stop();
    this.backend = undefined;
  }

  get(path: string): Promise<Answer> {
    return this.request('GET', path);
  }

  /** @param as - entity ref of the user who asks */
  post(path: string, body: unknown, as?: string): Promise<Answer> {
    return this.request('POST', path, body, as);
  }

  /** Starts a rollout that must be accepted. */
  async roll(entity: string, image: string, plan: string): Promise<Rollout> {
    const entityRef = `component:default/${entity}`;
    const started = await this.post('/rollouts', { entityRef, image, plan });
    if (started.status === 201) return started.body;
    throw new Error(JSON.stringify(started.body.error));
  }

  async rollout(id: string): Promise<Rollout> {
    return (await this.get(`/rollouts/${id}`)).body;
  }

  async events(id: string): Promise<RolloutEvent[]> {
    return (await this.get(`/rollouts/${id}/events?limit=1000`)).body.items;
  }

  /** Looks at a rollout until the condition holds. */
  async until(
    id: string,
    condition: (rollout: Rollout) => boolean,
    timeoutMs = 45_000,
  ): Promise<Rollout> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const rollout = await this.rollout(id);
      if (condition(rollout)) return rollout;
      if (Date.now() > end || isEnded(rollout.phase)) {
        const shown = JSON.stringify({ ...rollout, plan: undefined }, null, 1);
        throw new Error(`Waited in vain: ${shown}`);
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  untilPhase(id: string, phase: Rollout['phase']): Promise<Rollout> {
    return this.until(id, rollout => rollout.phase === phase);
  }

  private async request(
    method: string,
    path: string,
    body?: unknown,
    as = 'user:default/guest',
  ): Promise<Answer> {
    const port = this.backend!.server.port();
    const response = await fetch(`http://127.0.0.1:${port}/api/canary${path}`, {
      method,
      headers: {
        authorization: mockCredentials.user.header(as),
        'content-type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }
}
