import {
  AuthorizeResult,
  isPermission,
  Permission,
} from '@backstage/plugin-permission-common';
// eslint-disable-next-line @backstage/no-undeclared-imports -- only tests come here
import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import express from 'express';
import {
  AuditedCanaryService,
  AuthorizedCanaryService,
} from '../../../service';
import { openPortal } from '../../../service/testing/openPortal';
import { createRouter, RouterOptions } from '../createRouter';

/** A permission that is denied, for one entity or for all. */
export interface Denial {
  readonly permission: Permission;
  readonly entityRef?: string;
}

/** The whole way in: router, audit, permissions, service, store. */
export async function serve(changes: Partial<RouterOptions> = {}) {
  const portal = await openPortal();
  const denied: Denial[] = [];
  const permissions = mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(({ permission, resourceRef }) => ({
        result: denied.some(
          denial =>
            isPermission(permission, denial.permission as any) &&
            (denial.entityRef ?? resourceRef) === resourceRef,
        )
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
      })),
  });
  const auditEvent = { success: jest.fn(), fail: jest.fn() };
  const auditor = mockServices.auditor.mock({
    createEvent: jest.fn(async () => auditEvent),
  });
  const service = new AuditedCanaryService({
    service: new AuthorizedCanaryService({
      service: portal.service,
      permissions,
      catalog: portal.catalog,
      entityExists: async ref =>
        (await portal.catalog.getEntityByRef(ref, {
          credentials: mockCredentials.service(),
        })) !== undefined,
    }),
    auditor,
    readRollout: id => portal.store.get(id),
  });
  const app = express();
  app.use(
    await createRouter({
      service,
      httpAuth: mockServices.httpAuth({
        defaultCredentials: mockCredentials.user('user:default/ada'),
      }),
      health: async () => ({
        status: 'ok',
        lastTickAgeMs: 12,
        clusters: [],
        replicas: [],
      }),
      validateResponses: true,
      ...changes,
    }),
  );
  app.use(mockErrorHandler());
  return { ...portal, app, service, permissions, denied, auditor, auditEvent };
}
