import { Knex } from 'knex';

/** Names another owner, under a new epoch; false when the epoch is not the row's. */
export async function handOver(
  knex: Knex,
  id: string,
  epoch: number,
  to: string,
): Promise<boolean> {
  const given = await knex('canary_rollouts')
    .where({ id, epoch, active: 1 })
    .update({ epoch: epoch + 1, lease_owner: to });
  return given === 1;
}
