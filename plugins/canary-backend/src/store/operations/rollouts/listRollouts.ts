import { InputError } from '@backstage/errors';
import { Page, PHASES, RolloutQuery } from 'backstage-plugin-canary-common';
import { Knex } from 'knex';
import { StoredRollout } from '../../ports/StoredRollout';
import { decodeCursor } from '../../cursor';
import { pageLimit, ROLLOUT_PAGE } from '../../pageLimit';
import { pageOf } from '../../pageOf';
import { storedRolloutOf } from '../../rolloutRow';
import { assertStorableText } from '../../storableText';
import { whereSelected } from './whereSelected';

const SCOPE = 'rollouts';
const NEWEST = [
  { column: 'started_at', order: 'desc' },
  { column: 'id', order: 'desc' },
];

/**
 * A page of rollouts, newest first; rollouts of one instant go by their id.
 *
 * The page is chosen by an index alone, and only its rows are read: a state is
 * long, and a selection may have thousands. Where two owners have half of the
 * rollouts, SQLite takes 2 ms, and 8 ms when it sorts whole rows. PostgreSQL
 * keeps long texts beside the table: there it neither gains nor loses more
 * than a look into the primary key for each row shown.
 */
export async function listRollouts(
  knex: Knex,
  query: RolloutQuery,
): Promise<Page<StoredRollout>> {
  const limit = pageLimit(query.limit, ROLLOUT_PAGE);
  const chosen = knex('canary_rollouts')
    .select('id')
    .orderBy(NEWEST)
    .limit(limit + 1);
  whereSelected(chosen, query);
  wherePhase(chosen, query.phase);
  // Not bound, so that the planner sees that the partial index fits.
  if (query.attention) chosen.whereRaw('attention = 1');
  if (query.startedBy !== undefined) {
    assertStorableText('startedBy', query.startedBy);
    chosen.where({ started_by: query.startedBy });
  }
  if (query.cursor !== undefined) {
    const [startedAt, id] = decodeCursor<[number, string]>(
      SCOPE,
      ['number', 'string'],
      query.cursor,
    );
    chosen.whereRaw('(started_at, id) < (?, ?)', [startedAt, id]);
  }
  return pageOf({
    rows: await knex('canary_rollouts')
      .select('*')
      .whereIn('id', knex.select('id').from(chosen.as('chosen')))
      .orderBy(NEWEST),
    limit,
    scope: SCOPE,
    keyOf: row => [Number(row.started_at), row.id],
    itemOf: storedRolloutOf,
  });
}

function wherePhase(
  rows: Knex.QueryBuilder,
  phases: RolloutQuery['phase'] = [],
): void {
  if (phases.length === 0) return;
  const unknown = phases.find(phase => !PHASES.includes(phase));
  if (unknown !== undefined) {
    throw new InputError(
      `phase must be one of ${PHASES.join(', ')}, not ${unknown}.`,
    );
  }
  rows.whereIn('phase', [...new Set(phases)]);
}
