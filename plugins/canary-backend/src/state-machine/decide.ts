import { isEnded } from 'backstage-plugin-canary-common';
import {
  Decision,
  Instant,
  MachineInput,
  Refusal,
  RolloutState,
} from '../rollout';
import { takeRuns } from './analysisRuns/analysisRuns';
import { assertNever } from './assertNever';
import { unchanged } from './draft';
import { decideCommand } from './commands';
import { conclude } from './finish';
import { MachineContext } from './context';
import { overGap } from './controllerOutage';
import { Look } from './decisionInput';
import { phaseRules } from './phases';
import { whileUnreachable } from './whileUnreachable';

/**
 * What to do with a rollout after a look at the world or a click. Pure: the
 * same arguments give the same answer, for ever.
 *
 * `next === rollout` means that there is nothing to write; a `Refusal` is only
 * ever the answer to a command.
 */
export function decide(
  rollout: RolloutState,
  input: MachineInput,
  now: Instant,
  context: MachineContext,
): Decision | Refusal {
  switch (input.type) {
    case 'commanded':
      return decideCommand(rollout, input, now, context);
    case 'observed': {
      const { observation, fence } = input;
      const look = { observation, now, fence, context };
      return decideLook(rollout, look, input.dueAt);
    }
    default:
      return assertNever(input);
  }
}

function decideLook(
  rollout: RolloutState,
  seen: Look,
  dueAt: Instant,
): Decision {
  if (isEnded(rollout.phase)) return { next: rollout, events: [] };
  const taken = takeRuns(unchanged(rollout), seen);
  const { change, look } = overGap(taken, seen, dueAt);

  const decided = look.observation.unreachable
    ? whileUnreachable(change, look)
    : phaseRules[rollout.phase](change, look);
  return conclude(rollout, decided, look);
}
