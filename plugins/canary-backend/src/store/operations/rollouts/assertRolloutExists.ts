import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { isStorableText } from '../../storableText';

/** Throws `NotFoundError` for an id that no rollout has. */
export async function assertRolloutExists(
  knex: Knex,
  id: string,
): Promise<void> {
  const row =
    isStorableText(id) &&
    (await knex('canary_rollouts').select('id').where({ id }).first());
  if (!row) throw new NotFoundError(`There is no rollout ${id}.`);
}
