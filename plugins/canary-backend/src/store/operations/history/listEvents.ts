import { Page, PageQuery, RolloutEvent } from 'backstage-plugin-canary-common';
import { Knex } from 'knex';
import { decodeCursor } from '../../cursor';
import { EventRow, rolloutEventOf } from '../../eventChain';
import { EVENT_PAGE, pageLimit } from '../../pageLimit';
import { pageOf } from '../../pageOf';
import { assertRolloutExists } from '../rollouts/assertRolloutExists';

/** A page of a rollout's history, in the order in which it happened. */
export async function listEvents(
  knex: Knex,
  id: string,
  query: PageQuery,
): Promise<Page<RolloutEvent>> {
  const scope = `events:${id}`;
  const limit = pageLimit(query.limit, EVENT_PAGE);
  const [after] =
    query.cursor === undefined
      ? [0]
      : decodeCursor<[number]>(scope, ['number'], query.cursor);
  await assertRolloutExists(knex, id);
  const rows = await knex<EventRow>('canary_events')
    .select('sequence', 'body', 'hash')
    .where({ rollout_id: id })
    .where('sequence', '>', after)
    .orderBy('sequence')
    .limit(limit + 1);
  return pageOf({
    rows,
    limit,
    scope,
    keyOf: row => [Number(row.sequence)],
    itemOf: rolloutEventOf,
  });
}
