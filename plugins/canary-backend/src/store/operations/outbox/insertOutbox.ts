import { Knex } from 'knex';
import { NewOutboxMessage } from '../../ports/OutboxStore';
import { StoreClock, sqlNow } from '../../databaseClock';

/** Leaves messages for the relay, visible at once. */
export async function insertOutbox(
  tx: Knex,
  rolloutId: string,
  messages: readonly NewOutboxMessage[],
  clock: StoreClock,
): Promise<void> {
  if (messages.length === 0) return;
  const now = sqlNow(tx, clock);
  const rows = messages.map(({ topic, payload }) => ({
    rollout_id: rolloutId,
    topic,
    payload: JSON.stringify(payload),
    at: now,
    attempts: 0,
    visible_at: now,
  }));
  await tx('canary_outbox').insert(rows);
}
