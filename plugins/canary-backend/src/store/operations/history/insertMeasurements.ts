import { Knex } from 'knex';
import { Measurement, VERDICTS } from 'backstage-plugin-canary-common';

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
    gravity: gravityOf(measurement),
    body: JSON.stringify(measurement),
  }));
  await tx.batchInsert('canary_measurements', rows, 100);
}

/**
 * 5 of `Fail` down to 1 of `Pass`; 0 where only more requests were waited for,
 * which every rollout does at its beginning.
 */
function gravityOf({ verdict, canary, canarySample }: Measurement): number {
  const waits =
    verdict === 'NoData' && canary !== undefined && canarySample !== undefined;
  return waits ? 0 : VERDICTS.length - VERDICTS.indexOf(verdict);
}
