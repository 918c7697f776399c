import { Knex } from 'knex';

/** Forgets delivered messages; what happened is in the history. */
export async function deleteDelivered(
  knex: Knex,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return;
  await knex('canary_outbox')
    .whereIn('id', [...ids])
    .delete();
}
