import { Knex } from 'knex';
import { isSqlite, StoreClock } from '../../databaseClock';
import { Claimed } from '../../ports/LeaseStore';
import { RolloutRow, storedRolloutOf } from '../../rolloutRow';
import { isStorableText } from '../../storableText';
import { whereOrphaned } from './whereOrphaned';

/**
 * Takes orphans. Rows that another replica is claiming or committing are
 * skipped on PostgreSQL rather than waited for: a commit that hangs would hold
 * up every claim behind it. SQLite has one writer at a time.
 */
export async function claimRollouts(
  knex: Knex,
  replica: string,
  ids: readonly string[],
  clock: StoreClock,
): Promise<readonly Claimed[]> {
  const wanted = ids.filter(isStorableText);
  if (wanted.length === 0) return [];
  return knex.transaction(async tx => {
    const orphans = whereOrphaned(
      tx('canary_rollouts')
        .leftJoin(
          'canary_replicas as former',
          'former.id',
          'canary_rollouts.lease_owner',
        )
        .select('canary_rollouts.id', 'former.beat_at')
        .whereIn('canary_rollouts.id', wanted),
      { knex: tx, replica, clock },
    );
    if (!isSqlite(knex)) orphans.forUpdate('canary_rollouts').skipLocked();
    const found: { id: string; beat_at: number | string | null }[] =
      await orphans;
    if (found.length === 0) return [];

    const free = found.map(({ id }) => id);
    const rows: RolloutRow[] = await tx('canary_rollouts')
      .whereIn('id', free)
      .update({ epoch: tx.raw('epoch + 1'), lease_owner: replica } as never)
      .returning('*');
    const beats = new Map(found.map(({ id, beat_at }) => [id, beat_at]));
    return rows.map(row => {
      const beatAt = beats.get(row.id) ?? undefined;
      return {
        stored: storedRolloutOf(row),
        attendedUntil: beatAt === undefined ? undefined : Number(beatAt),
      };
    });
  });
}
