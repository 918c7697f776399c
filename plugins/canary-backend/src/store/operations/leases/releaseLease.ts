import { Knex } from 'knex';
import { Instant } from '../../../rollout';

/**
 * Gives back a lease that is still held under this epoch. Without `requeueAt`
 * the time of the next look stays as it is: an ended rollout has none, and no
 * other may lose its own.
 */
export async function releaseLease(
  knex: Knex,
  id: string,
  epoch: number,
  requeueAt: Instant | undefined,
): Promise<void> {
  await knex('canary_rollouts')
    .where({ id, epoch })
    .update({
      lease_owner: null,
      lease_until: null,
      ...(requeueAt !== undefined && { requeue_at: requeueAt }),
    });
}
