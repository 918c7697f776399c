import { Exposure, NO_EXPOSURE } from 'backstage-plugin-canary-common';
import {
  StepDefinition,
  TrafficCapabilities,
} from 'backstage-plugin-canary-node';

/** What a router can be asked for, as a verb for sentences. */
export const FEATURES: Readonly<Record<keyof TrafficCapabilities, string>> = {
  weights: 'split traffic by weight',
  headers: 'route by header',
  mirror: 'mirror requests',
};

/** A step of a plan beside its definition. */
export interface DefinedStep {
  /** Undefined when nobody defines the kind of step; then it asks for nothing. */
  readonly definition?: StepDefinition;
  readonly params: unknown;
}

/** Where a plan is once a step stands: what all steps up to it ask for together. */
export interface PlanPoint {
  /** Of the step before. */
  readonly before: Exposure;
  /** As the plan asks for it; what can be reached, the router says. */
  readonly exposure: Exposure;
  /** Fewest canary pods that this very step asks for. */
  readonly ownReplicas?: number;
  /** Fewest canary pods that stand asked for; the latest step that asked counts. */
  readonly replicas?: number;
  /** What the router must be able to do for this step: what it says, and what its exposure newly needs. */
  readonly needs: readonly (keyof TrafficCapabilities)[];
}

/**
 * The one fold of a plan. The walk, the preview and the checks of a plan all
 * read where its steps lead from here, so that they cannot disagree. Throws
 * what a step definition throws: it may be somebody else's code.
 */
export function planPoints(
  steps: readonly DefinedStep[],
  stableReplicas: number,
): readonly PlanPoint[] {
  let exposure = NO_EXPOSURE;
  let replicas: number | undefined;
  return steps.map(({ definition, params }) => {
    const before = exposure;
    exposure = definition?.exposure?.(params, before) ?? before;
    const ownReplicas = definition?.replicas?.(params, stableReplicas);
    replicas = ownReplicas ?? replicas;
    const needs = needsOf(definition?.needs?.(params) ?? [], before, exposure);
    return { before, exposure, ownReplicas, replicas, needs };
  });
}

function needsOf(
  asked: readonly (keyof TrafficCapabilities)[],
  before: Exposure,
  exposure: Exposure,
): readonly (keyof TrafficCapabilities)[] {
  const had = featuresOf(before);
  // What an earlier step brought in is needed there.
  const added = featuresOf(exposure).filter(one => !had.includes(one));
  return [...new Set([...asked, ...added])];
}

function featuresOf({
  weight,
  headerRoutes,
  mirror,
}: Exposure): readonly (keyof TrafficCapabilities)[] {
  const has: Readonly<Record<keyof TrafficCapabilities, boolean>> = {
    weights: weight > 0,
    headers: headerRoutes.length > 0,
    mirror: (mirror?.percent ?? 0) > 0,
  };
  return (Object.keys(has) as (keyof TrafficCapabilities)[]).filter(
    feature => has[feature],
  );
}
