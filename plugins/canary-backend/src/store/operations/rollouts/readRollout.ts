import { Knex } from 'knex';
import { RolloutState } from '../../../rollout';
import { StoredRollout } from '../../CanaryStore';
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

/** The rollout of the workload that has not ended; there is one at most. */
export async function readActive(
  knex: Knex,
  target: RolloutState['target'],
): Promise<StoredRollout | undefined> {
  const row = await knex('canary_rollouts')
    .where(workload(target))
    .where({ active: 1 })
    .first();
  return row && storedRolloutOf(row);
}

function workload({ cluster, namespace, kind, name }: RolloutState['target']) {
  return { cluster, namespace, kind, name };
}
