import { Knex } from 'knex';
import { StoreClock, sqlNow } from '../../databaseClock';

/** Counts a failed attempt and hides the message until its next one. */
export async function postponeOutbox(
  knex: Knex,
  id: number,
  waitMs: number,
  clock: StoreClock,
): Promise<void> {
  await knex('canary_outbox')
    .where({ id })
    .update({
      attempts: knex.raw('attempts + 1'),
      visible_at: knex.raw('? + ?', [sqlNow(knex, clock), waitMs]),
    } as never);
}
