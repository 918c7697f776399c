import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- the plugin as a whole is what is tested
import canaryPlugin from 'backstage-plugin-canary-backend';
import { PortalClient } from './PortalClient';

type Backend = Awaited<ReturnType<typeof startTestBackend>>;

/** What a portal is made of. */
export interface PortalOptions {
  readonly entities: Entity[];
  /** The `canary` part of `app-config.yaml`. */
  readonly canary: JsonObject;
  /** Folder of the database; without it everything is forgotten at the end. */
  readonly directory?: string;
}

/** A backend with the real plugin in it, seen through its HTTP API. */
export class Portal extends PortalClient {
  /** Names of permissions that nobody has. */
  readonly denied = new Set<string>();
  private backend?: Backend;

  private constructor(private readonly options: PortalOptions) {
    super();
  }

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

  protected get port(): number {
    return this.backend!.server.port();
  }
}
