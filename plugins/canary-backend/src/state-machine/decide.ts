import { isEnded } from 'backstage-plugin-canary-common';
import {
  Decision,
  Instant,
  MachineInput,
  Refusal,
  RolloutState,
} from '../rollout';
import { takeRuns } from './analysisRuns/analysisRuns';
import { assertNever } from '../rollout/assertNever';
import { Draft, unchanged } from './draft';
import { decideCommand } from './commands';
import { finish } from './finish';
import { MachineContext } from './context';
import { afterControllerOutage } from './controllerOutage';
import { DecisionInput } from './decisionInput';
import { noteCanaryPods } from './disruption/canaryPods';
import { holdDisrupted } from './disruption/holdDisrupted';
import { kindOf } from './kindOf';
import { phaseRules } from './phases';
import { firstTrigger } from './rollbackTriggers';
import { rollBack } from './teardown/rollBack';
import { isTakingBack } from './permits';
import { lacksSight, noteUnseen } from './unseen';
import { whileUnseen } from './whileUnseen';

/**
 * What to do with a rollout after an observation of the world or a click. Pure: the
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
      const { observation, fence, requeueAt } = input;
      return decideObservation(
        rollout,
        { observation, now, fence, context },
        requeueAt,
      );
    }
    default:
      return assertNever(input);
  }
}

function decideObservation(
  rollout: RolloutState,
  seen: DecisionInput,
  requeueAt: Instant,
): Decision {
  if (isEnded(rollout.phase)) return { next: rollout, events: [] };
  const noted = noteUnseen(unchanged(rollout), seen);
  const measured = takeRuns(noted.draft, noted.input);
  const { draft, input } = afterControllerOutage(
    measured,
    noted.input,
    requeueAt,
  );

  return finish(rollout, followRules(draft, input), input);
}

/**
 * What takes the rollout back comes first, whatever its phase would do; then
 * what takes users off a canary that has lost its pods.
 */
function followRules(draft: Draft, input: DecisionInput): Draft {
  const trigger = firstTrigger(draft.next, input);
  if (trigger) return rollBack(draft, trigger, input);
  const looked = noteCanaryPods(holdDisrupted(draft, input), input);
  const { next } = looked;
  // What is being taken back needs no more than each of its stages asks for.
  if (lacksSight(next, input.observation) && !isTakingBack(next)) {
    return whileUnseen(looked, input);
  }
  return phaseRules[kindOf(next)][next.phase](looked, input);
}
