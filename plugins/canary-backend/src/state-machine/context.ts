import { StepDefinition } from 'backstage-plugin-canary-node';
import { MetricDefinition } from 'backstage-plugin-canary-common';

/** What the machine is told about this portal; every function is pure. */
export interface MachineContext {
  /** The definition of a kind of step; throws when nobody defines it. */
  step(kind: string): StepDefinition;
  /** Canary replicas that a weight (percent) needs beside so many stable ones. */
  planReplicas(weight: number, stableReplicas: number): number;
  /**
   * Only where scaling is the shift (replica-ratio): the weight that the
   * replicas of a wanted weight really reach. Its presence switches the
   * machine to "replicas are the exposure".
   */
  reachableWeight?(weight: number, stableReplicas: number): number;
  /**
   * Whether a metric's judge compares with the stable; such metrics stop at
   * the promotion, the others are watched on. Without it all of them stop.
   */
  comparesWithStable?(metric: MetricDefinition): boolean;
}
