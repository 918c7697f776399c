import { coreServices } from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';

/** What the plugin takes of Backstage. */
export const services = {
  logger: coreServices.logger,
  config: coreServices.rootConfig,
  database: coreServices.database,
  lifecycle: coreServices.lifecycle,
  auth: coreServices.auth,
  httpAuth: coreServices.httpAuth,
  httpRouter: coreServices.httpRouter,
  permissions: coreServices.permissions,
  permissionsRegistry: coreServices.permissionsRegistry,
  userInfo: coreServices.userInfo,
  auditor: coreServices.auditor,
  urlReader: coreServices.urlReader,
  catalog: catalogServiceRef,
  events: eventsServiceRef,
  signals: signalsServiceRef,
  notifications: notificationService,
  actionsRegistry: actionsRegistryServiceRef,
  metrics: metricsServiceRef,
};

/** The same, as Backstage hands them in. */
export type Services = {
  readonly [K in keyof typeof services]: (typeof services)[K]['T'];
};
