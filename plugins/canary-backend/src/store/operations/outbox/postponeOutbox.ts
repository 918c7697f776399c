import { Knex } from 'knex';
import { Instant } from '../../../rollout';

/** Counts a failed attempt and hides the message until its next one. */
export async function postponeOutbox(
  knex: Knex,
  id: number,
  retryAt: Instant,
): Promise<void> {
  await knex('canary_outbox')
    .where({ id })
    .update({ attempts: knex.raw('attempts + 1'), visible_at: retryAt });
}
