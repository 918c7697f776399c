import { Plan, PreviewStep } from 'backstage-plugin-canary-common';

/** A stretch of a plan in which the weight stands and metrics are watched. */
export interface WatchedSegment {
  /** Percent. */
  readonly weight: number;
  readonly durationMs: number;
}

/**
 * When a rollout of this plan would be watched, and at which weight: from the
 * background analysis on, in the steps that analyse, and at the gate. What
 * waits for a person counts as no time, for nobody knows how long it takes.
 */
export function watchedSegments(
  { analysis }: Plan,
  steps: readonly PreviewStep[],
): readonly WatchedSegment[] {
  const from = analysis === 'none' ? Infinity : analysis.from ?? Infinity;
  return steps
    .filter(
      ({ kind, weight }) =>
        kind === 'gate' || kind === 'analysis' || weight >= from,
    )
    .map(({ weight, estimatedMs = 0 }) => ({
      weight,
      durationMs: estimatedMs,
    }));
}
