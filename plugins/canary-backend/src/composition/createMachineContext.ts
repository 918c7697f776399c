import { Plan } from 'backstage-plugin-canary-common';
import { MachineContext, Shift } from '../state-machine';
import { planScale } from '../workload';
import { Registries } from './createRegistries';

const BY_ROUTE: Shift = {
  kind: 'route',
  replicas: (weight, stableReplicas) => planScale({ weight, stableReplicas }),
};

/** What the state machine is told about this portal, for rollouts of a plan. */
export function createMachineContext({
  routers,
  steps,
  judges,
}: Pick<Registries, 'routers' | 'steps' | 'judges'>): (
  plan: Plan,
) => MachineContext {
  return plan => {
    // A rollout outlives the module of its router: deciding, an abort
    // above all, must go on, and the observe tells what is missing.
    const scaling = routers.find(plan.traffic.router)?.scaling;
    return {
      step: kind => steps.get(kind),
      shift: scaling
        ? {
            kind: 'pods',
            replicas: (...asked) => scaling.replicas(...asked),
            reachableWeight: (...asked) => scaling.reachableWeight(...asked),
          }
        : BY_ROUTE,
      comparesWithStable: ({ judge: { kind, params } }) =>
        judges.find(kind)?.needsStable(params) ?? true,
    };
  };
}
