import {
  Command,
  isEnded,
  Outcome,
  Phase,
} from 'backstage-plugin-canary-common';
import { canaryNameOf } from 'backstage-plugin-canary-node';
import { MachineInput, RolloutState } from '../../rollout';
import { promotableHold } from './promote';
import { holdOf } from '../holds/holds';
import { kindOf, RolloutKind } from '../kindOf';

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

const aHoldToEnd: Guard = rollout =>
  promotableHold(rollout)
    ? undefined
    : 'The rollout is held by nothing that promote ends; resume ends a pause by hand.';

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

/** What may follow a rollout that ended so. */
const followUps: Readonly<
  Record<RolloutKind, Readonly<Record<Outcome['result'], readonly Command[]>>>
> = {
  canary: { Succeeded: ['rollback'], RolledBack: ['retry'] },
  observe: { Succeeded: ['rollback'], RolledBack: ['retry'] },
  // Whoever wants other images than these starts a rollout of them.
  restore: { Succeeded: [], RolledBack: [] },
};

/**
 * Commands that the rollout would accept now. `retry` and `rollback` make a
 * new rollout: whether this is the latest one, and whether the stable still
 * has its images, is checked where they are carried out.
 */
export function allowedCommands(rollout: RolloutState): Command[] {
  const { phase } = rollout;
  if (isEnded(phase)) return [...followUps[kindOf(rollout)][phase]];
  return MACHINE_COMMANDS.filter(
    command => GUARDS[phase][command](rollout) === undefined,
  );
}

/** Why each of the other commands is refused now, as a sentence; nothing of an ended rollout. */
export function refusedCommands(
  rollout: RolloutState,
): Partial<Record<MachineCommand, string>> {
  const { phase } = rollout;
  if (isEnded(phase)) return {};
  return Object.fromEntries(
    MACHINE_COMMANDS.flatMap(command => {
      const refusal = GUARDS[phase][command](rollout);
      return refusal === undefined ? [] : [[command, refusal]];
    }),
  );
}

/** Whether the command's commit must take lease and epoch, so that a stalled owner loses. */
export function takesOver(command: Command): boolean {
  return command === 'abort';
}
