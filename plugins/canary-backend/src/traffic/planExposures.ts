import { Exposure, NO_EXPOSURE, Plan } from 'backstage-plugin-canary-common';
import { StepDefinition } from 'backstage-plugin-canary-node';

/** A step of a plan and what it asks of the traffic. */
export interface StepExposure {
  /** `step 2 (Send 25 %)`, counted from 1. */
  readonly label: string;
  /** Undefined when nobody defines the kind of step. */
  readonly definition?: StepDefinition;
  readonly params: Plan['steps'][number]['params'];
  /** Of the step before. */
  readonly before: Exposure;
  readonly exposure: Exposure;
}

/** Walks a plan on paper: the exposure of every step. */
export function planExposures(
  plan: Plan,
  steps: ReadonlyMap<string, StepDefinition>,
): readonly StepExposure[] {
  let exposure = NO_EXPOSURE;
  return plan.steps.map(({ kind, title, params }, index) => {
    const definition = steps.get(kind);
    const before = exposure;
    exposure = definition?.exposure?.(params, before) ?? before;
    const label = `step ${index + 1} (${title})`;
    return { label, definition, params, before, exposure };
  });
}
