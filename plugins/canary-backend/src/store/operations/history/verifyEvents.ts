import { NotFoundError } from '@backstage/errors';
import { AuditResult } from 'backstage-plugin-canary-common';
import { Knex } from 'knex';
import { isSqlite } from '../../databaseClock';
import { ChainHead, EventRow, follows, genesis } from '../../eventChain';
import { isStorableText } from '../../storableText';

/** Rows read at a time, so that a long history never is in memory as a whole. */
const CHUNK = 1_000;

/**
 * Recomputes the chain of a rollout's history from the stored text. A changed,
 * deleted, inserted, moved or foreign row breaks its own link or the next; a
 * tail that was cut off or added disagrees with the head that the rollout's
 * own row keeps.
 *
 * All of it reads one snapshot: a commit that lands in between would look
 * like an added tail.
 */
export async function verifyEvents(
  knex: Knex,
  id: string,
): Promise<AuditResult> {
  return knex.transaction(
    async tx => {
      const kept = await readKeptHead(tx, id);
      let head = genesis(id);
      let length = 0;
      let brokenAt: number | undefined;
      for await (const row of history(tx, id)) {
        length += 1;
        if (brokenAt === undefined) {
          if (length > kept.count || !follows(head, row)) brokenAt = length;
          head = { count: length, hash: row.hash };
        }
      }
      if (brokenAt === undefined && length < kept.count) brokenAt = length + 1;
      if (brokenAt === undefined && head.hash !== kept.hash) brokenAt = length;
      return {
        valid: brokenAt === undefined,
        length,
        brokenAt,
      };
    },
    isSqlite(knex) ? {} : { isolationLevel: 'repeatable read', readOnly: true },
  );
}

async function readKeptHead(tx: Knex, id: string): Promise<ChainHead> {
  const row =
    isStorableText(id) &&
    (await tx('canary_rollouts')
      .select('event_count', 'event_head')
      .where({ id })
      .first());
  if (!row) throw new NotFoundError(`There is no rollout ${id}.`);
  return { count: Number(row.event_count), hash: String(row.event_head) };
}

async function* history(tx: Knex, id: string): AsyncGenerator<EventRow> {
  let rows: EventRow[];
  let after = Number.MIN_SAFE_INTEGER;
  do {
    rows = await tx<EventRow>('canary_events')
      .where({ rollout_id: id })
      .where('sequence', '>', after)
      .orderBy('sequence')
      .limit(CHUNK);
    yield* rows;
    after = Number(rows[rows.length - 1]?.sequence);
  } while (rows.length === CHUNK);
}
