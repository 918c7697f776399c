import { EventsService } from '@backstage/plugin-events-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { CANARY_SIGNAL_CHANNEL } from 'backstage-plugin-canary-common';
import { RolloutChange } from './messages';

/** Topic of the events service under which other plugins hear of rollouts. */
export const CANARY_EVENTS_TOPIC = 'canary.rollout';

/** Tells browsers that something changed, and other plugins what. */
export async function publishChange(
  change: RolloutChange,
  services: {
    readonly signals: SignalsService;
    readonly events: EventsService;
  },
): Promise<void> {
  const { entityRef, rolloutId, version } = change;
  await services.signals.publish({
    recipients: { type: 'broadcast' },
    channel: CANARY_SIGNAL_CHANNEL,
    message: { entityRef, rolloutId, version },
  });
  await services.events.publish({
    topic: CANARY_EVENTS_TOPIC,
    eventPayload: change,
  });
}
