import { Knex } from 'knex';
import { Instant } from '../../../rollout';
import { StoreClock, sqlNow } from '../../databaseClock';

/** When the next rollout that nobody holds becomes due; may lie in the past. */
export async function readNextRequeue(
  knex: Knex,
  clock: StoreClock,
): Promise<Instant | undefined> {
  const row = await knex('canary_rollouts')
    .where({ active: 1 })
    .where(free =>
      free
        .whereNull('lease_until')
        .orWhere('lease_until', '<=', sqlNow(knex, clock)),
    )
    .min({ due: 'requeue_at' })
    .first();
  return row?.due === null || row?.due === undefined
    ? undefined
    : Number(row.due);
}
