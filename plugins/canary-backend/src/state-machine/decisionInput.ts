import { RolloutState } from '../rollout';
import { DeploymentView, Instant, Observation } from '../rollout';
import { MachineContext } from './context';

/** One observation of the world with what is needed to decide on it. */
export interface DecisionInput {
  readonly observation: Observation;
  readonly now: Instant;
  /** `<rollout>/<epoch>`, for a decision that ends the rollout. */
  readonly fence: string;
  readonly context: MachineContext;
}

/** Live replicas of the stable, the count that canary capacity is planned by. */
export function stableReplicas(
  rollout: RolloutState,
  { observation }: DecisionInput,
): number {
  return observation.stable?.replicas.desired ?? rollout.startSnapshot.replicas;
}

/** Whether every wanted canary pod is available at the current generation. */
export function canaryAvailable(
  { desired }: RolloutState,
  { observation: { canary } }: DecisionInput,
): boolean {
  return isAvailable(canary, desired.replicas);
}

/** Whether all is up that a higher exposure needs: the canary, and what it is compared with. */
export function podsAvailable(
  rollout: RolloutState,
  input: DecisionInput,
): boolean {
  const { freshBaseline, replicas } = rollout.desired;
  return (
    canaryAvailable(rollout, input) &&
    (freshBaseline !== 'present' ||
      isAvailable(input.observation.freshBaseline, replicas))
  );
}

function isAvailable(
  view: DeploymentView | undefined,
  replicas: number,
): boolean {
  return (
    view !== undefined &&
    view.current &&
    view.replicas.desired >= replicas &&
    view.replicas.available >= replicas
  );
}

/** Whether our Deployment and Service are proven absent. */
export function isCanaryGone({ observation }: DecisionInput): boolean {
  const { canary, canaryService, unknown } = observation;
  return (
    !canary && !canaryService && !unknown?.canary && !unknown?.canaryService
  );
}
