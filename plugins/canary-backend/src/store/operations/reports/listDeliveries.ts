import { Knex } from 'knex';
import { Delivery, DeliveryQuery } from '../../ports/ReportStore';
import { whereSelected } from '../rollouts/whereSelected';

/** The newest rollouts that ended, in a few numbers each; reads one index and no row. */
export async function listDeliveries(
  knex: Knex,
  query: DeliveryQuery,
): Promise<Delivery[]> {
  const rows = knex('canary_rollouts')
    .select(
      'entity_ref',
      'phase',
      'started_at',
      'finished_at',
      'rolling_back_at',
      'restored_at',
    )
    // Not bound, so that the planner sees that the partial index fits.
    .whereRaw(`active = 0 AND strategy = 'canary'`)
    .where('finished_at', '>=', query.from)
    .orderBy([
      { column: 'finished_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(query.limit);
  // An expression keeps the planners away from the indices of these columns:
  // those lead to the rows, and behind their long states.
  whereSelected(rows, query, column => knex.raw(`COALESCE(??, '')`, [column]));
  return (await rows).map(row => ({
    entityRef: row.entity_ref,
    result: row.phase,
    startedAt: Number(row.started_at),
    finishedAt: Number(row.finished_at),
    ...(row.rolling_back_at !== null && {
      rollingBackAt: Number(row.rolling_back_at),
    }),
    ...(row.restored_at !== null && { restoredAt: Number(row.restored_at) }),
  }));
}
