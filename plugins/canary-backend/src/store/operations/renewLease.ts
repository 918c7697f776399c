import { Knex } from 'knex';
import { Clock, sqlNow } from '../databaseClock';

/** Lengthens a lease that is still held under this epoch; says whether it was. */
export async function renewLease(
  knex: Knex,
  id: string,
  epoch: number,
  leaseMs: number,
  clock: Clock,
): Promise<boolean> {
  const renewed = await knex('canary_rollouts')
    .where({ id, epoch })
    .whereNotNull('lease_owner')
    .update({
      lease_until: knex.raw('? + ?', [sqlNow(knex, clock), leaseMs]),
    });
  return renewed === 1;
}
