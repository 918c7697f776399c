import { Knex } from 'knex';
import { sqlNow, StoreClock } from '../../databaseClock';

const LONG_AGO_MS = 24 * 3_600_000;

/** Deletes replicas that ended a day ago, but for those whose rollouts nobody took since. */
export async function forgetReplicas(
  knex: Knex,
  clock: StoreClock,
): Promise<void> {
  await knex('canary_replicas')
    .where(
      'alive_until',
      '<',
      knex.raw('? - ?', [sqlNow(knex, clock), LONG_AGO_MS]),
    )
    .whereNotIn(
      'id',
      knex('canary_rollouts')
        .select('lease_owner')
        .where({ active: 1 })
        .whereNotNull('lease_owner'),
    )
    .delete();
}
