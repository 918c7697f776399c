import { Command, Phase } from 'backstage-plugin-canary-common';
import { canaryNameOf } from 'backstage-plugin-canary-node';
import { CommandAnswers, MachineInput, RolloutState } from '../../rollout';
import { promotableHold } from './promote';
import { holdOf } from '../holds/holds';

/** Commands that change the rollout they are sent to. */
export type MachineCommand = Extract<
  MachineInput,
  { type: 'commanded' }
>['command'];

/** Why a command is refused in this state, as a sentence; undefined when it is accepted. */
export type Guard = (rollout: RolloutState) => string | undefined;

const accept: Guard = () => undefined;
const refuse =
  (sentence: string): Guard =>
  () =>
    sentence;

const notBegun = refuse(
  'The rollout has not begun to walk its steps; wait until its canary is up, or abort it.',
);
const promoting = refuse(
  'The new version is being promoted already; the only way back is to abort.',
);
const rollingBack = refuse(
  'The rollout is being taken back; nothing else can be asked of it.',
);
const ended = refuse('The rollout has ended; an ended rollout never changes.');

const atGate: Guard = ({ step, plan }) =>
  step.index >= plan.steps.length
    ? 'The rollout is at its gate, which only its metrics open; promoteFull skips it with a reason.'
    : undefined;

const whyNothingEnds = (rollout: RolloutState) =>
  holdOf(rollout, 'Disrupted')
    ? 'The canary has lost its pods; its step begins again by itself once they are back.'
    : 'The rollout is held by nothing that promote ends; resume ends a pause by hand.';

const aHoldToEnd: Guard = rollout =>
  promotableHold(rollout) ? undefined : whyNothingEnds(rollout);

const canaryAvailable: Guard = ({ seen, desired, target }) => {
  const ready = seen?.canary?.ready ?? 0;
  return ready > 0 && ready >= desired.replicas
    ? undefined
    : `Only ${ready} of ${desired.replicas} pods of ${canaryNameOf(
        target.name,
      )} are ready; wait until all are.`;
};

const notPausedByHand: Guard = rollout =>
  holdOf(rollout, 'Manual')
    ? 'The rollout is paused by hand already.'
    : undefined;

const pausedByHand: Guard = rollout =>
  holdOf(rollout, 'Manual')
    ? undefined
    : 'The rollout is not paused by hand; promote ends the other holds.';

const all =
  (...guards: readonly Guard[]): Guard =>
  rollout =>
    guards.map(guard => guard(rollout)).find(Boolean);

const same = (guard: Guard): Readonly<Record<MachineCommand, Guard>> => ({
  promote: guard,
  promoteFull: guard,
  abort: guard,
  pause: guard,
  resume: guard,
});

/** Which command is accepted in which phase, and under which condition. */
export const GUARDS: Readonly<
  Record<Phase, Readonly<Record<MachineCommand, Guard>>>
> = {
  Pending: { ...same(notBegun), abort: accept },
  Initializing: { ...same(notBegun), abort: accept },
  Progressing: {
    promote: all(
      atGate,
      refuse(
        'The step is still working; promote ends a wait, it does not skip work.',
      ),
    ),
    promoteFull: canaryAvailable,
    abort: accept,
    pause: accept,
    resume: pausedByHand,
  },
  Paused: {
    promote: all(atGate, aHoldToEnd),
    promoteFull: canaryAvailable,
    abort: accept,
    pause: notPausedByHand,
    resume: pausedByHand,
  },
  Promoting: { ...same(promoting), abort: accept },
  RollingBack: same(rollingBack),
  Succeeded: same(ended),
  RolledBack: same(ended),
};

const MACHINE_COMMANDS: readonly MachineCommand[] = [
  'promote',
  'promoteFull',
  'abort',
  'pause',
  'resume',
];

/** Which commands the rollout would accept now, and why not each other one, as a sentence. */
export function askGuards(rollout: RolloutState): CommandAnswers {
  const allowedCommands: MachineCommand[] = [];
  const refusals: Partial<Record<MachineCommand, string>> = {};
  for (const command of MACHINE_COMMANDS) {
    const refusal = GUARDS[rollout.phase][command](rollout);
    if (refusal === undefined) allowedCommands.push(command);
    else refusals[command] = refusal;
  }
  return { allowedCommands, refusals };
}

/** Whether the command's commit must take owner and epoch, so that a stalled owner loses. */
export function takesOver(command: Command): boolean {
  return command === 'abort';
}
