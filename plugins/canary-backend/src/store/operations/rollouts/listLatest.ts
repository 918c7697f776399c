import { Knex } from 'knex';
import { LatestQuery } from '../../ports/RolloutStore';
import { StoredRollout } from '../../ports/StoredRollout';
import { storedRolloutOf } from '../../rolloutRow';

const NEWEST = [
  { column: 'started_at', order: 'desc' },
  { column: 'id', order: 'desc' },
];

/** The latest rollouts of one workload, newest first; an index picks them, and only their rows are read. */
export async function listLatest(
  knex: Knex,
  { target, observed, limit }: LatestQuery,
): Promise<StoredRollout[]> {
  const { cluster, namespace, kind, name } = target;
  const chosen = knex('canary_rollouts')
    .select('id')
    .where({ cluster, namespace, kind, name })
    .orderBy(NEWEST)
    .limit(limit);
  // Not bound, so that the planner sees that the partial index fits.
  if (observed) chosen.whereRaw(`strategy = 'observe' AND phase = 'Succeeded'`);
  const rows = await knex('canary_rollouts')
    .select('*')
    .whereIn('id', knex.select('id').from(chosen.as('chosen')))
    .orderBy(NEWEST);
  return rows.map(storedRolloutOf);
}
