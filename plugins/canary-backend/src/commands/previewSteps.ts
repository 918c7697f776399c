import {
  Exposure,
  NO_EXPOSURE,
  Plan,
  PlanStep,
  PreviewStep,
} from 'backstage-plugin-canary-common';
import { StepDefinition, TrafficRouter } from 'backstage-plugin-canary-node';

/** What the steps of a plan would do to a workload. */
export interface StepsPreview {
  /** The plan's steps, and the gate behind them where there is one. */
  readonly steps: readonly PreviewStep[];
  /** Sum of the estimates, drain included. */
  readonly estimatedMs: number;
  readonly waitsForPeople: boolean;
  readonly warnings: readonly string[];
}

/** The workload and the registries that a plan is walked with. */
export interface PreviewWorld {
  readonly stableReplicas: number;
  readonly router: TrafficRouter;
  readonly steps: ReadonlyMap<string, StepDefinition>;
  readonly planScale: (weight: number, stableReplicas: number) => number;
}

interface Position {
  readonly exposure: Exposure;
  readonly atLeast: number;
  readonly replicas: number;
}

/**
 * Walks a plan on paper: weight, canary replicas and time of every step.
 * Weights are those that will really be reached; where scaling is the shift, a
 * warning says how far that is from what the plan asks.
 */
export function previewSteps(plan: Plan, world: PreviewWorld): StepsPreview {
  const steps: PreviewStep[] = [];
  const warnings: string[] = [];
  let at: Position = { exposure: NO_EXPOSURE, atLeast: 0, replicas: 0 };

  plan.steps.forEach((step, index) => {
    const before = at;
    at = advance(before, step, world);
    const weight = reachableWeight(at, world);
    steps.push({
      index,
      kind: step.kind,
      title: step.title,
      weight,
      canaryReplicas: at.replicas,
      estimatedMs: world.steps.get(step.kind)?.estimateMs(step.params),
    });
    const asked = at.exposure.weight;
    if (weight !== asked && asked !== before.exposure.weight) {
      warnings.push(
        `${step.title}: pods share the traffic, so ${at.replicas} canary beside ${world.stableReplicas} stable pods get about ${weight} % instead of ${asked} %`,
      );
    }
  });
  if (plan.analysis !== 'none') {
    steps.push({
      index: plan.steps.length,
      kind: 'gate',
      title: 'Final analysis',
      weight: reachableWeight(at, world),
      canaryReplicas: at.replicas,
      estimatedMs: plan.traffic.settleMs + plan.analysis.gateMs,
    });
  }

  const estimates = steps.map(({ estimatedMs }) => estimatedMs ?? 0);
  return {
    steps,
    warnings,
    estimatedMs: estimates.reduce((a, b) => a + b, plan.traffic.drainMs),
    waitsForPeople: steps.some(({ estimatedMs }) => estimatedMs === undefined),
  };
}

function advance(
  before: Position,
  { kind, params }: PlanStep,
  { steps, router, planScale, stableReplicas }: PreviewWorld,
): Position {
  const step = steps.get(kind);
  const exposure = step?.exposure?.(params, before.exposure) ?? before.exposure;
  const atLeast = step?.replicas?.(params, stableReplicas) ?? before.atLeast;
  const replicas = router.scaling
    ? router.scaling.replicas(exposure.weight, stableReplicas)
    : // Never fewer than before: an exposed canary is not scaled down.
      Math.max(
        before.replicas,
        atLeast,
        planScale(exposure.weight, stableReplicas),
      );
  return { exposure, atLeast, replicas };
}

function reachableWeight(
  { exposure }: Position,
  { router, stableReplicas }: PreviewWorld,
): number {
  return (
    router.scaling?.reachableWeight(exposure.weight, stableReplicas) ??
    exposure.weight
  );
}
