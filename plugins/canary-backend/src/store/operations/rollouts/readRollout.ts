import { Knex } from 'knex';
import { StoredRollout } from '../../ports/StoredRollout';
import { storedRolloutOf } from '../../rolloutRow';
import { isStorableText } from '../../storableText';

/** The rollout of an id, which may be text from anywhere. */
export async function readRollout(
  knex: Knex,
  id: string,
): Promise<StoredRollout | undefined> {
  if (!isStorableText(id)) return undefined;
  const row = await knex('canary_rollouts').where({ id }).first();
  return row && storedRolloutOf(row);
}
