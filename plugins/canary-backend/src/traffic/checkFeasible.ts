import { Exposure, Plan } from 'backstage-plugin-canary-common';
import {
  StepDefinition,
  TrafficCapabilities,
  TrafficRouter,
} from 'backstage-plugin-canary-node';
import { planExposures, StepExposure } from './planExposures';

const FEATURES: Readonly<Record<keyof TrafficCapabilities, string>> = {
  weights: 'split traffic by weight',
  headers: 'route by header',
  mirror: 'mirror requests',
};

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
  steps: ReadonlyMap<string, StepDefinition>,
  stableReplicas: number,
): readonly string[] {
  return planExposures(plan, steps).flatMap(step => [
    ...missingFeatures(step, router),
    ...scalingProblems(step, plan, router, stableReplicas),
    ...ownReplicas(step, router, stableReplicas),
  ]);
}

function missingFeatures(
  { label, definition, params, before, exposure }: StepExposure,
  { kind, capabilities }: TrafficRouter,
): readonly string[] {
  const needed = new Set([
    ...(definition?.needs?.(params) ?? []),
    // What an earlier step brought in is told there.
    ...featuresOf(exposure).filter(one => !featuresOf(before).includes(one)),
  ]);
  return [...needed]
    .filter(feature => !capabilities[feature])
    .map(
      feature =>
        `${label} cannot be done: the traffic router ${kind} cannot ${FEATURES[feature]}`,
    );
}

function featuresOf(
  exposure: Exposure,
): readonly (keyof TrafficCapabilities)[] {
  return [
    ...(exposure.weight > 0 ? ['weights' as const] : []),
    ...(exposure.headerRoutes.length > 0 ? ['headers' as const] : []),
    ...((exposure.mirror?.percent ?? 0) > 0 ? ['mirror' as const] : []),
  ];
}

/** Where scaling is the shift, pods give coarse shares. */
function scalingProblems(
  { label, before, exposure: { weight } }: StepExposure,
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
  const off = Math.round(Math.abs(reached - weight) * 100) / 100;
  if (off <= traffic.tolerance) return [];
  return [
    `${label} cannot be done: beside ${stableReplicas} stable pods the nearest share to ${weight} % is ${reached} %, ${off} points off and more than the tolerance of ${traffic.tolerance}; run more stable pods, ask for another weight, or raise traffic.tolerance`,
  ];
}

function ownReplicas(
  { label, definition, params, exposure }: StepExposure,
  { kind, scaling }: TrafficRouter,
  stableReplicas: number,
): readonly string[] {
  const asked = definition?.replicas?.(params, stableReplicas) ?? 0;
  if (!scaling || asked <= scaling.replicas(exposure.weight, stableReplicas)) {
    return [];
  }
  return [
    `${label} cannot be done: under the traffic router ${kind} more canary pods are more traffic; use setWeight instead`,
  ];
}
