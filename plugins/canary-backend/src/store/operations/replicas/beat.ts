import { Knex } from 'knex';
import { isSqlite, sqlNow, StoreClock } from '../../databaseClock';
import { Heartbeat, Replica } from '../../ports/ReplicaStore';

interface ReplicaRow {
  readonly id: string;
  readonly reaches: string;
  readonly beat_at: number | string;
}

const replicaOf = ({ id, reaches, beat_at }: ReplicaRow): Replica => ({
  id,
  reaches: JSON.parse(reaches),
  beatAt: Number(beat_at),
});

/** Renews the lease of a replica, then reads who is alive; itself at least. */
export async function beat(
  knex: Knex,
  { replica, leaseMs, reaches }: Heartbeat,
  clock: StoreClock,
) {
  const now = sqlNow(knex, clock);
  await knex('canary_replicas')
    .insert({
      id: replica,
      beat_at: now,
      alive_until: knex.raw('? + ?', [now, leaseMs]),
      reaches: JSON.stringify(reaches),
    })
    .onConflict('id')
    .merge();
  const alive = knex('canary_replicas').select('id', 'reaches', 'beat_at');
  const rows: ReplicaRow[] = await (isSqlite(knex)
    ? alive.where({ id: replica })
    : alive.where('alive_until', '>', now).orWhere({ id: replica }));
  const live = rows.map(replicaOf);
  return { now: live.find(({ id }) => id === replica)!.beatAt, live };
}
