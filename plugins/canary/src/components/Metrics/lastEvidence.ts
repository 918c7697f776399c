import { Measurement, MetricDefinition } from 'backstage-plugin-canary-common';
import { EvidencedMeasurement } from './evidenceWords';

/** The newest measurement that carries evidence; a window that could not be counted has none. */
export function lastEvidence(
  measurements: readonly Measurement[],
): EvidencedMeasurement | undefined {
  for (let index = measurements.length - 1; index >= 0; index--) {
    const each = measurements[index];
    if (each.evidence) return each as EvidencedMeasurement;
  }
  return undefined;
}

/** The ratio below which a canary is good enough, where the plan's judge has one. */
export function ratioLimit(
  definition: MetricDefinition | undefined,
): number | undefined {
  const limit = definition?.judge.params.maxRatio;
  return typeof limit === 'number' && Number.isFinite(limit) && limit > 0
    ? limit
    : undefined;
}
