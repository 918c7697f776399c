import { StepDefinition } from 'backstage-plugin-canary-node';
import { MetricDefinition } from 'backstage-plugin-canary-common';

/** What the machine is told about this portal; every function is pure. */
export interface MachineContext {
  /** The definition of a kind of step; throws when nobody defines it. */
  step(kind: string): StepDefinition;
  /** How the canary of this plan gets its share of the traffic. */
  readonly shift: Shift;
  /**
   * Whether a metric's judge compares with the stable; such metrics stop at
   * the promotion, the others are watched on. Without it all of them stop.
   */
  comparesWithStable?(metric: MetricDefinition): boolean;
}

/** A route with weights splits the traffic; pods carry their share of it. */
export interface RouteShift {
  readonly kind: 'route';
  /** Canary replicas that carry a weight (percent) beside so many stable ones. */
  replicas(weight: number, stableReplicas: number): number;
}

/** Pods are the traffic, as with replica-ratio: scaling is the shift. */
export interface PodShift {
  readonly kind: 'pods';
  /** Canary replicas that come nearest to a weight (percent) beside so many stable ones. */
  replicas(weight: number, stableReplicas: number): number;
  /** The weight that these replicas really reach. */
  reachableWeight(weight: number, stableReplicas: number): number;
}

export type Shift = RouteShift | PodShift;
