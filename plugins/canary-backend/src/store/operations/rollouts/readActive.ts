import { Knex } from 'knex';
import { RolloutState } from '../../../rollout';
import { StoredRollout } from '../../ports/StoredRollout';
import { storedRolloutOf } from '../../rolloutRow';

/** The rollout of the workload that has not ended; there is one at most. */
export async function readActive(
  knex: Knex,
  { cluster, namespace, kind, name }: RolloutState['target'],
): Promise<StoredRollout | undefined> {
  const row = await knex('canary_rollouts')
    .where({ cluster, namespace, kind, name, active: 1 })
    .first();
  return row && storedRolloutOf(row);
}
