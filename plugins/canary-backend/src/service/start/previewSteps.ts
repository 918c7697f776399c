import { PreviewStep } from 'backstage-plugin-canary-common';
import { StepDefinition, TrafficRouter } from 'backstage-plugin-canary-node';
import { Registry } from '../../registry';
import { RolloutState } from '../../rollout';
import { estimateSteps, MachineContext, targetOf } from '../../state-machine';

/** What the steps of a plan would do to a workload. */
export interface StepsPreview {
  /** The plan's steps, and the gate behind them where there is one. */
  readonly steps: readonly PreviewStep[];
  /** Sum of the estimates, drain included. */
  readonly estimatedMs: number;
  readonly waitsForPeople: boolean;
  readonly warnings: readonly string[];
}

/**
 * Walks the plan of a rollout on paper: weight, canary replicas and time of
 * every step, by the rules the machine itself goes by. Weights are those that
 * will really be reached; where scaling is the shift, a warning says how far
 * that is from what the plan asks.
 */
export function previewSteps(
  rollout: RolloutState,
  world: {
    readonly router: TrafficRouter;
    readonly steps: Registry<StepDefinition>;
    readonly context: MachineContext;
  },
): StepsPreview {
  const { plan, startSnapshot } = rollout;
  const estimates = estimateSteps(plan, world.steps);
  const warnings: string[] = [];
  let asked = 0;
  let replicas = 0;

  const steps = plan.steps.map(({ kind, title }, index): PreviewStep => {
    const target = targetOf(
      rollout,
      index,
      startSnapshot.replicas,
      world.context,
    );
    replicas = world.router.scaling
      ? target.replicas
      : // An exposed canary is not scaled down.
        Math.max(replicas, target.replicas);

    const before = asked;
    asked = target.askedWeight;
    const { weight } = target.exposure;
    if (asked !== before && asked !== weight) {
      warnings.push(
        `${title}: pods share the traffic, so ${replicas} canary beside ${startSnapshot.replicas} stable pods get about ${weight} % instead of ${asked} %`,
      );
    }
    return {
      index,
      kind,
      title,
      weight,
      canaryReplicas: replicas,
      estimatedMs: estimates[index],
    };
  });

  const all =
    plan.analysis === 'none'
      ? steps
      : [...steps, gateOf(steps, estimates[steps.length])];
  return {
    steps: all,
    warnings,
    estimatedMs: all.reduce(
      (sum, { estimatedMs = 0 }) => sum + estimatedMs,
      plan.traffic.drainMs,
    ),
    waitsForPeople: all.some(({ estimatedMs }) => estimatedMs === undefined),
  };
}

function gateOf(
  steps: readonly PreviewStep[],
  estimatedMs: number | undefined,
): PreviewStep {
  const last = steps.at(-1);
  return {
    index: steps.length,
    kind: 'gate',
    title: 'Final analysis',
    weight: last?.weight ?? 0,
    canaryReplicas: last?.canaryReplicas ?? 0,
    estimatedMs,
  };
}
