import { Knex } from 'knex';
import { Measurement } from 'backstage-plugin-canary-common';

/** Appends measurements to the series of a rollout. */
export async function insertMeasurements(
  tx: Knex,
  rolloutId: string,
  measurements: readonly Measurement[],
): Promise<void> {
  if (measurements.length === 0) return;
  const rows = measurements.map(measurement => ({
    rollout_id: rolloutId,
    metric: measurement.metric,
    at: Date.parse(measurement.at),
    body: JSON.stringify(measurement),
  }));
  await tx.batchInsert('canary_measurements', rows, 100);
}
