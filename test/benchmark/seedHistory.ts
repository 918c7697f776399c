import { randomUUID } from 'node:crypto';
import path from 'node:path';
import knexFactory, { Knex } from 'knex';

const BATCH = 200;

/** What {@link seedHistory} makes of one rollout that really ran. */
export interface Seed {
  /** Folder of the demo's databases. */
  readonly dataDir: string;
  /** An ended rollout, from which all others are copied. */
  readonly rolloutId: string;
  /** How many rollouts the entity has in the end, the one included. */
  readonly rollouts: number;
  /** How many metrics that rollout has in the end. */
  readonly metrics: number;
}

type Row = Record<string, unknown>;

/**
 * Gives the entity of a rollout a long past, and the rollout many metrics, in
 * the portal's own database: years of use in seconds.
 */
export async function seedHistory(seed: Seed): Promise<void> {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: path.join(seed.dataDir, 'database/canary.sqlite') },
    useNullAsDefault: true,
  });
  try {
    await addMetrics(knex, seed);
    await addRollouts(knex, seed);
  } finally {
    await knex.destroy();
  }
}

/** Copies the rollout into the past, an hour apart. */
async function addRollouts(knex: Knex, seed: Seed) {
  const origin: Row = await knex('canary_rollouts')
    .where({ id: seed.rolloutId })
    .first();
  const state = JSON.parse(String(origin.state));
  const copies = Array.from({ length: seed.rollouts - 1 }, (_, index) => {
    const id = randomUUID();
    const hours = (index + 1) * 3_600_000;
    const startedAt = Number(origin.started_at) - hours;
    const finishedAt = Number(origin.finished_at) - hours;
    return {
      ...origin,
      id,
      started_at: startedAt,
      finished_at: finishedAt,
      // Their events stay with the one that really ran.
      event_count: 0,
      event_head: '',
      state: JSON.stringify({ ...state, id, startedAt, finishedAt }),
    };
  });
  await knex.batchInsert('canary_rollouts', copies, BATCH);
}

/** Repeats the rollout's metrics and their measurements under other names. */
async function addMetrics(knex: Knex, { rolloutId, metrics }: Seed) {
  const row: Row = await knex('canary_rollouts')
    .where({ id: rolloutId })
    .first();
  const state = JSON.parse(String(row.state));
  const known = Object.keys(state.plan.metrics);
  const measured: Row[] = await knex('canary_measurements')
    .where({ rollout_id: rolloutId })
    .orderBy('id');
  const copies: Row[] = [];
  for (let index = known.length; index < metrics; index++) {
    const origin = known[index % known.length];
    const name = `${origin}-${index}`;
    const definition = state.plan.metrics[origin];
    state.plan.metrics[name] = {
      ...definition,
      name,
      title: `${definition.title} ${index}`,
    };
    for (const { id, ...measurement } of measured) {
      if (measurement.metric !== origin) continue;
      const body = JSON.parse(String(measurement.body));
      copies.push({
        ...measurement,
        metric: name,
        body: JSON.stringify({ ...body, metric: name }),
      });
    }
  }
  await knex('canary_rollouts')
    .where({ id: rolloutId })
    .update({ state: JSON.stringify(state) });
  await knex.batchInsert('canary_measurements', copies, BATCH);
}
