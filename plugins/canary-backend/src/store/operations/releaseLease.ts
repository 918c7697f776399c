import { Knex } from 'knex';

/** Gives back a lease that is still held under this epoch. */
export async function releaseLease(
  knex: Knex,
  id: string,
  epoch: number,
): Promise<void> {
  await knex('canary_rollouts')
    .where({ id, epoch })
    .update({ lease_owner: null, lease_until: null });
}
