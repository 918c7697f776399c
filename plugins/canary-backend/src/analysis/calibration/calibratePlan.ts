import { MetricDefinition, Plan } from 'backstage-plugin-canary-common';
import { MeasuredHistory } from '../../rollout';
import { MAX_PHI, sequentialParams } from '../sequential';
import { learnDispersion } from './learnDispersion';

/**
 * The plan with what A/A rollouts taught: a metric whose counts vary more than
 * its judge assumes is judged with the dispersion that was seen, rounded up to
 * a tenth, and at most with what a plan may ask for. Never with less than the plan says: an author may know of bursts
 * that no A/A rollout met.
 */
export function calibratePlan(plan: Plan, history: MeasuredHistory): Plan {
  if (plan.observeOnly) return plan;
  const metrics = Object.fromEntries(
    Object.entries(plan.metrics).map(([name, definition]) => [
      name,
      calibrated(definition, history),
    ]),
  );
  return { ...plan, metrics };
}

function calibrated(
  definition: MetricDefinition,
  history: MeasuredHistory,
): MetricDefinition {
  const { judge, name } = definition;
  if (judge.kind !== 'sequential') return definition;
  const windows = history[name]?.observed?.windows ?? [];
  const learned = learnDispersion(windows.map(({ counts }) => counts));
  const { phi } = sequentialParams.parse(judge.params);
  if (!learned || learned.value <= phi) return definition;
  const seen = Math.min(MAX_PHI, Math.ceil(learned.value * 10) / 10);
  return {
    ...definition,
    judge: { ...judge, params: { ...judge.params, phi: seen } },
  };
}
