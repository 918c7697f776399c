import {
  isEnded,
  Plan,
  Rollout,
  waitsForPerson,
} from 'backstage-plugin-canary-common';
import { StepDefinition } from 'backstage-plugin-canary-node';
import { Registry } from '../../registry';
import { Instant, RolloutState } from '../../rollout';

type Steps = Registry<StepDefinition>;

/**
 * Expected time of every step, and of the gate behind them where there is one;
 * undefined for what waits for a person. Pods that start and routes that settle
 * into a weight take what they take: no plan says it.
 */
export function estimateSteps(
  { steps, analysis, traffic }: Plan,
  definitions: Steps,
): (number | undefined)[] {
  const estimates = steps.map(({ kind, params }) =>
    definitions.find(kind)?.estimateMs(params),
  );
  return analysis === 'none'
    ? estimates
    : [...estimates, traffic.settleMs + analysis.gateMs];
}

/**
 * What is left of a rollout when all goes well, by the same estimates as its
 * preview. A step's time runs since it stood. Absent once it ended, and of a
 * rollback to previous images, which walks no plan.
 */
export function estimateRemaining(
  state: RolloutState,
  definitions: Steps,
  now: Instant,
): Rollout['remaining'] {
  const { phase, strategy, plan, step, holds, drainedSince } = state;
  if (isEnded(phase) || strategy === 'rollback') return undefined;
  const drainMs = left(plan.traffic.drainMs, drainedSince, now);
  if (phase === 'Promoting' || phase === 'RollingBack') {
    return { estimatedMs: drainMs, waitsForPeople: false };
  }
  const [current, ...later] = estimateSteps(plan, definitions).slice(
    step.index,
  );
  const isGate = step.index >= plan.steps.length;
  const currentMs = step.holdEnded
    ? 0
    : left(current ?? 0, step.readySince, now);
  return {
    estimatedMs: later.reduce<number>(
      (sum, estimateMs = 0) => sum + estimateMs,
      currentMs + drainMs,
    ),
    waitsForPeople:
      (!isGate && !step.holdEnded && current === undefined) ||
      later.includes(undefined) ||
      holds.some(waitsForPerson),
  };
}

function left(
  totalMs: number,
  since: Instant | undefined,
  now: Instant,
): number {
  return since === undefined ? totalMs : Math.max(0, since + totalMs - now);
}
