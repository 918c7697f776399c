import { Plan } from 'backstage-plugin-canary-common';
import { StepDefinition, TrafficRouter } from 'backstage-plugin-canary-node';
import { Registry } from '../registry';
import { FEATURES } from '../rollout';
import { hundredthsOf } from '../rollout/percent';
import { LabelledPoint, labelledPoints } from './labelledPoints';

/** The share that canary pods may have at most where they share the stable's Service. */
const MOST_BY_SCALING = 50;

/**
 * Everything in a plan that its router cannot do beside so many stable
 * replicas, a sentence each; empty when it can be walked. Pure: what the live
 * route has no room for, `resolveTraffic` says.
 */
export function checkFeasible(
  plan: Plan,
  router: TrafficRouter,
  steps: Registry<StepDefinition>,
  stableReplicas: number,
): readonly string[] {
  return labelledPoints(plan, steps, stableReplicas).flatMap(step => [
    ...missingFeatures(step, router),
    ...scalingProblems(step, plan, router, stableReplicas),
    ...ownReplicasProblems(step, router, stableReplicas),
  ]);
}

function missingFeatures(
  { label, needs }: LabelledPoint,
  { kind, capabilities }: TrafficRouter,
): readonly string[] {
  return needs
    .filter(feature => !capabilities[feature])
    .map(
      feature =>
        `${label} cannot be done: the traffic router ${kind} cannot ${FEATURES[feature]}`,
    );
}

/** Where scaling is the shift, pods give coarse shares. */
function scalingProblems(
  { label, before, exposure: { weight } }: LabelledPoint,
  { traffic }: Plan,
  { kind, scaling }: TrafficRouter,
  stableReplicas: number,
): readonly string[] {
  if (!scaling || weight === before.weight) return [];
  if (weight > MOST_BY_SCALING) {
    return [
      `${label} cannot be done: the traffic router ${kind} reaches ${MOST_BY_SCALING} % at most, because the stable keeps all of its pods`,
    ];
  }
  const reached = scaling.reachableWeight(weight, stableReplicas);
  const off = hundredthsOf(Math.abs(reached - weight)) / 100;
  if (off <= traffic.tolerance) return [];
  return [
    `${label} cannot be done: beside ${stableReplicas} stable pods the nearest share to ${weight} % is ${reached} %, ${off} points off and more than the tolerance of ${traffic.tolerance}; run more stable pods, ask for another weight, or raise traffic.tolerance`,
  ];
}

function ownReplicasProblems(
  { label, exposure, ownReplicas: asked = 0 }: LabelledPoint,
  { kind, scaling }: TrafficRouter,
  stableReplicas: number,
): readonly string[] {
  if (!scaling || asked <= scaling.replicas(exposure.weight, stableReplicas)) {
    return [];
  }
  return [
    `${label} cannot be done: under the traffic router ${kind} more canary pods are more traffic; use setWeight instead`,
  ];
}
