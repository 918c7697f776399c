import { Knex } from 'knex';
import { Instant } from '../../../rollout';
import { StoreClock, sqlNow } from '../../databaseClock';

/**
 * Lengthens a lease that is still held under this epoch, and says when the
 * rollout must be looked at next; false when the lease went elsewhere.
 */
export async function renewLease(
  knex: Knex,
  id: string,
  epoch: number,
  leaseMs: number,
  requeueAt: Instant,
  clock: StoreClock,
): Promise<boolean> {
  const renewed = await knex('canary_rollouts')
    .where({ id, epoch })
    .whereNotNull('lease_owner')
    .update({
      lease_until: knex.raw('? + ?', [sqlNow(knex, clock), leaseMs]),
      requeue_at: requeueAt,
    });
  return renewed === 1;
}
