import { Knex } from 'knex';
import { StoredRollout } from '../../ports/StoredRollout';

/** Whether the row has these numbers still; its long state is not read. */
export async function readIsCurrent(
  knex: Knex,
  { state: { id }, revision, epoch }: StoredRollout,
): Promise<boolean> {
  const row = await knex('canary_rollouts')
    .select('id')
    .where({ id, revision, epoch })
    .first();
  return row !== undefined;
}
