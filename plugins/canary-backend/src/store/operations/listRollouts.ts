import { InputError } from '@backstage/errors';
import { Page, PHASES, RolloutQuery } from 'backstage-plugin-canary-common';
import { Knex } from 'knex';
import { StoredRollout } from '../CanaryStore';
import { decodeCursor } from '../cursor';
import { pageLimit, ROLLOUT_PAGE } from '../pageLimit';
import { pageOf } from '../pageOf';
import { storedRolloutOf } from '../rolloutRow';
import { assertStorableText } from '../storableText';

const SCOPE = 'rollouts';

/** A page of rollouts, newest first; rollouts of one instant go by their id. */
export async function listRollouts(
  knex: Knex,
  query: RolloutQuery,
): Promise<Page<StoredRollout>> {
  const limit = pageLimit(query.limit, ROLLOUT_PAGE);
  const rows = knex('canary_rollouts')
    .select('*')
    .orderBy([
      { column: 'started_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit + 1);
  if (query.entityRef !== undefined) {
    assertStorableText('entityRef', query.entityRef);
    rows.where({ entity_ref: query.entityRef });
  }
  if (query.phase !== undefined && query.phase.length > 0) {
    const unknown = query.phase.find(phase => !PHASES.includes(phase));
    if (unknown !== undefined) {
      throw new InputError(
        `phase must be one of ${PHASES.join(', ')}, not ${unknown}.`,
      );
    }
    rows.whereIn('phase', [...new Set(query.phase)]);
  }
  if (query.cursor !== undefined) {
    const [startedAt, id] = decodeCursor<[number, string]>(
      SCOPE,
      ['number', 'string'],
      query.cursor,
    );
    rows.whereRaw('(started_at, id) < (?, ?)', [startedAt, id]);
  }
  return pageOf({
    rows: await rows,
    limit,
    scope: SCOPE,
    keyOf: row => [Number(row.started_at), row.id],
    itemOf: storedRolloutOf,
  });
}
