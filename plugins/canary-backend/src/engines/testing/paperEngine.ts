import { Engine } from '../../rollout';
import {
  askGuards,
  builtInSteps,
  decide,
  MachineContext,
} from '../../state-machine';
import { viewRollout } from '../ephemeral-canary/viewRollout';

const steps = builtInSteps();

/** A portal without clusters: one canary pod for each stable one that the weight needs. */
export const paperContext: MachineContext = {
  step: kind => steps.get(kind),
  shift: {
    kind: 'route',
    replicas: (weight, stableReplicas) =>
      Math.max(1, Math.ceil((weight * stableReplicas) / 100)),
  },
};

/** The pure half of the engine, for tests that look at no cluster. */
export const paperEngine: Pick<Engine, 'command' | 'commands' | 'view'> = {
  command: (rollout, commanded, now) =>
    decide(rollout, { type: 'commanded', ...commanded }, now, paperContext),
  commands: askGuards,
  view: (rollout, now) => viewRollout(rollout, now, steps),
};
