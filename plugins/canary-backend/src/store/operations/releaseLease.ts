import { Knex } from 'knex';
import { Instant } from '../../model';

/** Gives back a lease that is still held under this epoch, moving the time of the next look. */
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
