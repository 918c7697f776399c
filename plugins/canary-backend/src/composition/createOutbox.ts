import { Clock } from 'backstage-plugin-canary-node';
import { OutboxRelay } from '../outbox';
import { OutboxStore } from '../store';
import { Services } from './services';

/**
 * The relay of committed messages. It begins with the plugin; whoever commits
 * the last of them ends it, for Backstage runs all hooks of a shutdown at once.
 */
export function createOutbox(
  deps: Pick<
    Services,
    | 'logger'
    | 'catalog'
    | 'auth'
    | 'signals'
    | 'events'
    | 'notifications'
    | 'lifecycle'
  > & {
    readonly store: OutboxStore;
    readonly clock: Clock;
  },
): OutboxRelay {
  const relay = OutboxRelay.create(deps);
  deps.lifecycle.addStartupHook(() => relay.start());
  return relay;
}
