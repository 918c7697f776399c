import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { NewEvent, RolloutState } from '../../../rollout';
import { StoreClock } from '../../databaseClock';
import { NewOutboxMessage } from '../../ports/OutboxStore';
import { StoredRollout } from '../../ports/StoredRollout';
import { insertRollout } from './insertRollout';
import { readActive } from './readActive';
import { readRollout } from './readRollout';

/**
 * Writes a new rollout, or says which one is in its way. Only the unique
 * indices can tell for sure: of two starts at once both would find nothing.
 */
export async function createRollout(
  knex: Knex,
  rollout: RolloutState,
  events: readonly NewEvent[],
  outbox: readonly NewOutboxMessage[],
  clock: StoreClock,
): Promise<StoredRollout> {
  try {
    return await knex.transaction(tx =>
      insertRollout(tx, rollout, events, outbox, clock),
    );
  } catch (error) {
    if (!isDatabaseConflictError(error)) throw error;
    throw await conflictOf(knex, rollout);
  }
}

async function conflictOf(
  knex: Knex,
  { id, target }: RolloutState,
): Promise<ConflictError> {
  if (await readRollout(knex, id)) {
    return new ConflictError(`There already is a rollout ${id}.`);
  }
  const { cluster, namespace, kind, name } = target;
  const active = await readActive(knex, target);
  // It may have ended since; then trying again is all there is to do.
  const which = active ? `Rollout ${active.state.id}` : 'Another rollout';
  return new ConflictError(
    `${which} of ${kind} ${namespace}/${name} in cluster ${cluster} is still active: wait for its end or abort it, then try again.`,
  );
}
