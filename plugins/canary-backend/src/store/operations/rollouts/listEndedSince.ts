import { Knex } from 'knex';
import { Instant } from '../../../rollout';
import { EndedRollout } from '../../ports/RolloutStore';

/** Rollouts that ended after this instant, from the index alone. */
export async function listEndedSince(
  knex: Knex,
  since: Instant,
): Promise<readonly EndedRollout[]> {
  const rows: {
    id: string;
    cluster: string;
    finished_at: number | string;
  }[] = await knex('canary_rollouts')
    .select('id', 'cluster', 'finished_at')
    // Not bound, so that the planner sees that the partial index fits.
    .whereRaw('active = 0')
    .where('finished_at', '>', since)
    .orderBy(['finished_at', 'id']);
  return rows.map(({ id, cluster, finished_at }) => ({
    id,
    cluster,
    finishedAt: Number(finished_at),
  }));
}
