import { Plan } from 'backstage-plugin-canary-common';
import { StepDefinition } from 'backstage-plugin-canary-node';
import { Registry } from '../../registry';
import { Engine } from '../../rollout';
import { askGuards, decide, MachineContext } from '../../state-machine';
import { apply } from './apply';
import { ClusterObserved, observe, ObserveDeps } from './observe';
import type { Send } from './performStep';
import { StepWork } from './StepWork';
import { sweep } from './sweep';
import { viewRollout } from './viewRollout';

/** What the engine is made of. */
export interface EphemeralCanaryDeps extends Omit<ObserveDeps, 'work'> {
  readonly machineContext: (plan: Plan) => MachineContext;
  readonly steps: Registry<StepDefinition>;
  readonly send: Send;
}

/**
 * The engine that makes a canary beside the team's own Deployment, which is the
 * stable one, and takes it away again.
 */
export function createEphemeralCanary(
  deps: EphemeralCanaryDeps,
): Engine<ClusterObserved> {
  const work = new StepWork(deps);
  return {
    observe: (rollout, signal, lastFailure) =>
      observe(rollout, { ...deps, work }, signal, lastFailure),

    decide(rollout, { observation }, tick) {
      const decision = decide(
        rollout,
        { type: 'observed', observation, ...tick },
        observation.at,
        deps.machineContext(rollout.plan),
      );
      if ('refused' in decision) throw new Error(decision.refused);
      return decision;
    },

    async apply(rollout, observed, ownership, signal) {
      work.apply(rollout, ownership, signal);
      await apply(rollout, observed, ownership, signal);
    },

    sweep: (rollout, ownership, signal) =>
      sweep(rollout, deps, ownership, signal),
    onNews: tell => work.onNews(tell),

    leave: rolloutId => work.leave(rolloutId),

    command: (rollout, commanded, now) =>
      decide(
        rollout,
        { type: 'commanded', ...commanded },
        now,
        deps.machineContext(rollout.plan),
      ),

    commands: askGuards,

    view: (rollout, now) => viewRollout(rollout, now, deps.steps),
  };
}
