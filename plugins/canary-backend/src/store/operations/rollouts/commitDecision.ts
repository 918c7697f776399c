import { ConflictError, NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { Commit } from '../../ports/RolloutStore';
import { StoredRollout } from '../../ports/StoredRollout';
import { StoreClock } from '../../databaseClock';
import { chainEvents } from '../../eventChain';
import { columnsOf, RolloutRow, storedRolloutOf } from '../../rolloutRow';
import { insertEvents } from '../history/insertEvents';
import { insertMeasurements } from '../history/insertMeasurements';
import { insertOutbox } from '../outbox/insertOutbox';

/**
 * Writes a decision, or nothing.
 *
 * The head of the history is read and the new events are hashed before the
 * transaction begins: the head changes only together with the revision, and
 * the update compares that, so nobody can have moved it in between. The row
 * is thereby locked for a few statements only.
 */
export async function commitDecision(
  knex: Knex,
  commit: Commit,
  clock: StoreClock,
): Promise<StoredRollout> {
  const { id, revision, epoch, next, takeover } = commit;
  if (next.id !== id) {
    throw new Error(
      `A commit to rollout ${id} carries the state of ${next.id}`,
    );
  }
  const found = await readHead(knex, commit);
  const chain = chainEvents(id, found, commit.events);

  return knex.transaction(async tx => {
    const [row] = await tx<RolloutRow>('canary_rollouts')
      .where({ id, revision, epoch, active: 1 } as Partial<RolloutRow>)
      .update({
        ...columnsOf(next),
        revision: revision + 1,
        event_count: chain.head.count,
        event_head: chain.head.hash,
        ...(takeover && {
          epoch: epoch + 1,
          lease_owner: takeover.owner,
        }),
      } as Partial<RolloutRow>)
      .returning('*');
    if (!row) throw changedMeanwhile(id);
    await insertEvents(tx, chain.rows);
    await insertMeasurements(tx, id, commit.measurements);
    await insertOutbox(tx, id, commit.outbox, clock);
    return storedRolloutOf(row as RolloutRow);
  });
}

/** Head of the history at the commit's revision; throws where the row is not what the commit expects. */
async function readHead(knex: Knex, { id, revision, epoch }: Commit) {
  const row = await knex('canary_rollouts')
    .select('revision', 'epoch', 'active', 'event_count', 'event_head')
    .where({ id })
    .first();
  if (!row) throw new NotFoundError(`There is no rollout ${id}.`);
  if (!row.active) {
    throw new ConflictError(
      `Rollout ${id} has ended and never changes again: start a new one.`,
    );
  }
  if (Number(row.revision) !== revision || Number(row.epoch) !== epoch) {
    throw changedMeanwhile(id);
  }
  return { count: Number(row.event_count), hash: String(row.event_head) };
}

function changedMeanwhile(id: string): ConflictError {
  return new ConflictError(
    `Rollout ${id} was changed by somebody else meanwhile: read it again and decide anew.`,
  );
}
