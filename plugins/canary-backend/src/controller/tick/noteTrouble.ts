import { Instant } from '../../rollout';
import { RolloutStore, StoredRollout } from '../../store';

/**
 * Tells on the page that the controller itself fails at a rollout. Not a
 * decision: nothing but the words of `waitingFor` changes, and the history gets
 * a warning. A row that changed meanwhile is left alone.
 */
export async function noteTrouble(
  rollouts: RolloutStore,
  { state, revision, epoch }: StoredRollout,
  error: Error,
  now: Instant,
): Promise<void> {
  const message = `The controller fails at this rollout and tries again: ${error.message}`;
  await rollouts.commit({
    id: state.id,
    revision,
    epoch,
    next: {
      ...state,
      waitingFor: { reason: 'ControllerFailed', message, nextCheckAt: now },
    },
    events: [
      {
        at: now,
        kind: 'Warning',
        actor: 'system',
        message,
        data: { reason: 'ControllerFailed', error: error.name },
      },
    ],
    measurements: [],
    outbox: [],
  });
}
