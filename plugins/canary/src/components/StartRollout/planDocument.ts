import { Plan, PlanStep } from 'backstage-plugin-canary-common';

const UNITS = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

/**
 * A plan as its author would write it down; the definitions of its metrics
 * stand elsewhere. What is undefined in it is not written.
 */
export function planDocument(plan: Plan): object {
  const { traffic, steps, analysis, deadlineMs, onNoData } = plan;
  return {
    traffic: {
      router: traffic.router,
      ...(written(traffic.params) as object),
      settle: duration(traffic.settleMs),
      drain: duration(traffic.drainMs),
    },
    canary: plan.canary,
    steps: steps.map(stepDocument),
    analysis:
      analysis === 'none'
        ? 'none'
        : {
            metrics: analysis.metrics,
            interval: duration(analysis.intervalMs),
            window: duration(analysis.windowMs),
            from: analysis.from,
            gate: { duration: duration(analysis.gateMs) },
            score: analysis.score,
            baseline: written(analysis.baseline),
          },
    deadline: duration(deadlineMs),
    observeOnly: plan.observeOnly || undefined,
    onNoData: { hold: duration(onNoData.holdMs), then: onNoData.then },
  };
}

function stepDocument({ kind, params }: PlanStep): object {
  const [only, ...others] = Object.entries(params);
  // `setWeight: 5` is short for its only parameter.
  return others.length === 0 && only?.[0] === 'weight'
    ? { [kind]: only[1] }
    : { [kind]: written(params) };
}

/** Parsed lengths as the durations that they were: `durationMs: 12000` is `duration: 12s`. */
function written(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key.endsWith('Ms') && typeof inner === 'number'
        ? [key.slice(0, -2), duration(inner)]
        : [key, written(inner)],
    ),
  );
}

function duration(ms: number): string {
  let left = Math.round(ms);
  let text = '';
  for (const [unit, length] of UNITS) {
    const count = Math.floor(left / length);
    if (count > 0) text += `${count}${unit}`;
    left -= count * length;
  }
  return text || '0s';
}
