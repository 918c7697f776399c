import { Plan } from 'backstage-plugin-canary-common';
import { StepDefinition } from 'backstage-plugin-canary-node';
import { Registry } from '../registry';
import { PlanPoint, planPoints } from '../rollout';

/** A point of a plan with the name that refusals give it. */
export interface LabelledPoint extends PlanPoint {
  /** `step 2 (Send 25 %)`, counted from 1. */
  readonly label: string;
}

/** Where each step of a plan leads, for sentences about it. */
export function labelledPoints(
  { steps }: Plan,
  definitions: Registry<StepDefinition>,
  stableReplicas: number,
): readonly LabelledPoint[] {
  const defined = steps.map(({ kind, params }) => ({
    definition: definitions.find(kind),
    params,
  }));
  return planPoints(defined, stableReplicas).map((point, index) => ({
    ...point,
    label: `step ${index + 1} (${steps[index].title})`,
  }));
}
