import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { OwnerNotice } from './messages';

/** What telling owners needs. */
export interface NotifyServices {
  readonly notifications: NotificationService;
  readonly catalog: CatalogService;
  readonly auth: AuthService;
  readonly logger: LoggerService;
}

/**
 * Sends a notice to the owners that the catalog knows now. An entity without
 * owners, or gone since, has nobody to tell; a portal without the
 * notifications plugin has no way to: neither is a failure to try again.
 */
export async function notifyOwners(
  notice: OwnerNotice,
  { notifications, catalog, auth, logger }: NotifyServices,
): Promise<void> {
  const credentials = await auth.getOwnServiceCredentials();
  const entity = await catalog.getEntityByRef(notice.entityRef, {
    credentials,
  });
  const owners = (entity?.relations ?? [])
    .filter(({ type }) => type === RELATION_OWNED_BY)
    .map(({ targetRef }) => targetRef);
  if (owners.length === 0) {
    logger.debug(
      `Nobody is told of rollout ${notice.rolloutId}: the catalog knows no owner of ${notice.entityRef}`,
    );
    return;
  }
  try {
    await notifications.send({
      recipients: {
        type: 'entity',
        entityRef: owners,
        excludeEntityRef: notice.exclude || undefined,
      },
      payload: {
        title: notice.title,
        description: notice.description,
        link: `/canary/rollouts/${encodeURIComponent(notice.rolloutId)}`,
        severity: notice.severity,
        topic: 'canary',
        // Later news of a rollout replaces earlier news in everyone's inbox.
        scope: notice.rolloutId,
      },
    });
  } catch (error) {
    if (!isNotInstalled(error)) throw error;
    logger.debug(
      `Nobody is told of rollout ${notice.rolloutId}: the notifications plugin is not installed`,
    );
  }
}

/** The client keeps of an HTTP error only this text. */
function isNotInstalled(error: unknown): boolean {
  return isError(error) && /\bstatus 404\b/.test(error.message);
}
