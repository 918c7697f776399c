import { Knex } from 'knex';
import { sqlNow, StoreClock } from '../../databaseClock';

/** Ends the lease of a replica. Its row stays: it says until when its rollouts were looked after. */
export async function leave(
  knex: Knex,
  replica: string,
  clock: StoreClock,
): Promise<void> {
  const now = sqlNow(knex, clock);
  await knex('canary_replicas')
    .where({ id: replica })
    .update({ beat_at: now, alive_until: now } as never);
}
