import { Exposure } from 'backstage-plugin-canary-common';
import { Desired, ObservedObject, RolloutState } from '../../../rollout';
import { DecisionInput } from '../../decisionInput';

/** Exposure and canary replicas that a point of the plan asks for. */
export interface Target {
  readonly exposure: Exposure;
  readonly replicas: number;
  /** The weight in the plan; `exposure` has the one that can be reached. */
  readonly askedWeight: number;
}

/**
 * All that depends on how the canary gets its share of the traffic. Whatever
 * else the machine decides is the same for every shift.
 */
export interface ShiftRules {
  /** The target nearest to what the plan asks for, beside so many stable pods. */
  reach(asked: Exposure, leastReplicas: number, stableReplicas: number): Target;

  /** Of the pods that an exposure needs, how many come before it. */
  podsAhead(replicas: number): number;
  /** Whether the pods stand that must, before exposure may rise. */
  mayRaise(rollout: RolloutState, input: DecisionInput): boolean;
  /** What is desired once this target is decided. */
  decided(
    target: Pick<Target, 'exposure' | 'replicas'>,
  ): Pick<Desired, 'exposure'> & Partial<Pick<Desired, 'replicas'>>;
  /** What is desired once nobody shall reach the canary. */
  lowered(desired: Desired): Desired;

  /** Whether a route that is found and in order shows what was decided. */
  isShown(rollout: RolloutState, input: DecisionInput): boolean;
  /** What must be seen to say who reaches the canary. */
  readonly shownBy: ObservedObject;
  /** Whether the cluster shows that nobody reaches the canary. */
  isZeroShown(rollout: RolloutState, input: DecisionInput): boolean;
  /** Whether no route names the canary's Service any more. */
  isBackendGone(rollout: RolloutState, input: DecisionInput): boolean;
  /** Whether the route carries the fence, where it must. */
  isRouteFenced(fence: string, input: DecisionInput): boolean;

  /** Whether our share of the route is none that we ever decided. */
  isForeign(rollout: RolloutState, input: DecisionInput): boolean;
  /** Whether somebody took the canary's Service, which we put there, out of the route. */
  isTakenOut(rollout: RolloutState, input: DecisionInput): boolean;
  /** Whether the route still sends users to a canary that shall have none: our write is on its way, or was undone. */
  isStillRouted(input: DecisionInput): boolean;

  /** Whether users are lost while no pod of the canary is ready. */
  needsReadyPod(rollout: RolloutState, input: DecisionInput): boolean;
  /** Whether an HPA of the stable must be held before anybody is on the canary. */
  readonly needsHpaFloor: boolean;
}
