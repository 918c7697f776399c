import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { Phase } from 'backstage-plugin-canary-common';
import { ViewedChange } from '../rollout';

interface Services {
  readonly auditor: AuditorService;
  readonly logger: LoggerService;
}

/** Decisions that an auditor must see, by the phase they lead to. */
const AUDITED: Partial<Record<Phase, string>> = {
  Promoting: 'rollout-promotion',
  RollingBack: 'rollout-rollback',
};

/**
 * Tells the portal's auditor of a promotion or rollback that the system
 * decided by itself; what people ask for is audited where they ask. The
 * history in our own tables is the record; this is its copy, so a failure is
 * logged and never stops a rollout: this never rejects.
 */
export async function mirrorToAuditor(
  { previous, next, events }: ViewedChange,
  { auditor, logger }: Services,
): Promise<void> {
  const eventId = AUDITED[next.phase];
  if (!eventId || !previous || previous.phase === next.phase) return;
  if (events.some(({ kind }) => kind === 'Command')) return;
  try {
    const event = await auditor.createEvent({
      eventId,
      severityLevel: 'medium',
      meta: {
        rolloutId: next.id,
        entityRef: next.entityRef,
        version: next.version,
        actor: 'system',
        from: previous.phase,
        reason: next.outcome?.reason,
      },
    });
    await event.success();
  } catch (error) {
    // A module may throw anything, and nobody waits for this promise.
    logger.warn(
      `Failed to tell the auditor of ${eventId} of rollout ${next.id}`,
      toError(error),
    );
  }
}
