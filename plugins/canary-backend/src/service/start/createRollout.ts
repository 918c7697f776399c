import { isError } from '@backstage/errors';
import { Decision, NewEvent, RolloutState } from '../../rollout';
import { NewOutboxMessage, RolloutStore, StoredRollout } from '../../store';
import { Actor } from '../actorOf';
import { recordVia } from '../recordVia';
import { alreadyActive } from './workloadRefusals';

/** Messages to the world outside that a decision causes. */
export type Announce = (
  next: RolloutState,
  events: readonly NewEvent[],
  previous?: RolloutState,
) => readonly NewOutboxMessage[];

/** What writing a new rollout asks. */
export interface CreateRolloutDeps {
  readonly store: Pick<RolloutStore, 'create' | 'active'>;
  readonly announce: Announce;
  /** Tells the controller to look at a rollout at once. */
  readonly wake: (id: string) => void;
}

/** One transaction: the rollout, its first events and their messages, or nothing. */
export async function createRollout(
  { store, announce, wake }: CreateRolloutDeps,
  opened: Decision,
  actor: Actor,
): Promise<StoredRollout> {
  const { next, events } = recordVia(opened, actor);
  const created = await store
    .create(next, events, announce(next, events))
    .catch(async error => {
      if (!isError(error) || error.name !== 'ConflictError') throw error;
      // Somebody else's start won the race since we read.
      const active = await store.active(next.target);
      throw active ? alreadyActive(active.state) : error;
    });
  wake(next.id);
  return created;
}
