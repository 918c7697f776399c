import { Knex } from 'knex';
import { EventRow } from '../../eventChain';

/** Appends chained rows to the history. */
export async function insertEvents(
  tx: Knex,
  rows: readonly EventRow[],
): Promise<void> {
  if (rows.length > 0) await tx.batchInsert('canary_events', [...rows], 100);
}
