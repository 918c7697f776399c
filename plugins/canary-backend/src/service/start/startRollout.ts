import { StartRequest } from 'backstage-plugin-canary-common';
import { Clock } from 'backstage-plugin-canary-node';
import { openRollout } from '../../state-machine';
import { StoredRollout } from '../../store';
import { actorOf } from '../actorOf';
import { CallOptions } from '../CanaryService';
import { Given } from '../given';
import { createRollout } from './createRollout';
import { prepareStart } from './prepareStart';

/** What a start asks. */
export interface StartRolloutDeps {
  readonly prepareStart: Given<typeof prepareStart>;
  readonly createRollout: Given<typeof createRollout>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Opens a rollout; the controller does the rest.
 *
 * @param retryOf - id of the rollout that is tried again
 */
export async function startRollout(
  deps: StartRolloutDeps,
  request: StartRequest,
  call: CallOptions,
  retryOf?: string,
): Promise<StoredRollout> {
  const actor = actorOf(call.credentials);
  const { facts } = await deps.prepareStart(request, call);
  const { reason } = request;
  return deps.createRollout(
    openRollout(
      { ...facts, reason, retryOf, startedBy: actor.name },
      deps.clock.now(),
    ),
    actor,
  );
}
