import { Knex } from 'knex';
import { StoreClock } from '../../databaseClock';
import { Orphan } from '../../ports/LeaseStore';
import { whereOrphaned } from './whereOrphaned';

/** Rollouts that a replica could take. */
export async function listOrphans(
  knex: Knex,
  replica: string,
  limit: number,
  clock: StoreClock,
): Promise<readonly Orphan[]> {
  return whereOrphaned(
    knex('canary_rollouts')
      .select('canary_rollouts.id', 'canary_rollouts.cluster')
      .limit(limit),
    { knex, replica, clock },
  );
}
