import { PlanStep } from 'backstage-plugin-canary-common';

/** What one step of a plan is expected to take. */
export interface StepEstimate {
  readonly estimatedMs?: number;
  readonly waitsForPerson?: boolean;
}

/**
 * By what the plan says alone: pods that start and routes that settle take what
 * they take. A duration in a step's parameters is its length, of steps that a
 * third party brought too.
 */
export function estimateStep({ kind, params }: PlanStep): StepEstimate {
  const { durationMs } = params;
  if (typeof durationMs === 'number') return { estimatedMs: durationMs };
  return kind === 'pause' || kind === 'approval'
    ? { waitsForPerson: true }
    : {};
}
