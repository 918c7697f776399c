import { isEnded } from 'backstage-plugin-canary-common';
import {
  Decision,
  Instant,
  MachineInput,
  Refusal,
  RolloutState,
} from '../../rollout';
import { update, Draft, event, unchanged } from '../draft';
import { MachineContext } from '../context';
import { isRunningPlan } from '../plan/isRunningPlan';
import { settleHolds } from '../plan/runPlan';
import { versioned } from '../versioned';
import { abort } from './abort';
import { CommandInput } from './commandInput';
import { GUARDS, MachineCommand } from './guards';
import { pause } from './pause';
import { promoteFull } from './promoteFull';
import { promoteOne } from './promote';
import { resume } from './resume';

const COMMANDS: Readonly<
  Record<MachineCommand, (draft: Draft, input: CommandInput) => Draft>
> = { promote: promoteOne, promoteFull, abort, pause, resume };

type Commanded = Extract<MachineInput, { type: 'commanded' }>;

/**
 * What a person's click changes. It only changes intent: the tick that it
 * wakes touches the cluster. An abort of what is being taken back already is
 * true and changes nothing.
 */
export function decideCommand(
  rollout: RolloutState,
  input: Commanded,
  now: Instant,
  context: MachineContext,
): Decision | Refusal {
  const { command, actor, reason, expectedVersion } = input;
  if (command === 'abort' && rollout.phase === 'RollingBack') {
    return { next: rollout, events: [] };
  }
  const refused = refusalOf(rollout, input);
  if (refused) return { refused };

  const asked = update(
    unchanged(rollout),
    {},
    event(
      'Command',
      now,
      `${actor} asked to ${command} the rollout${reason ? `: ${reason}` : '.'}`,
      { command, reason, expectedVersion, version: rollout.version },
      actor,
    ),
  );
  const changed = COMMANDS[command](asked, {
    now,
    context,
    actor,
    reason,
    fence: input.fence,
  });
  const settled = isRunningPlan(changed.next)
    ? settleHolds(changed, { now })
    : changed;
  const next: RolloutState = {
    ...settled.next,
    // Due since long ago stays so: the next tick must notice that no controller ran.
    requeueAt: Math.min(now, settled.next.requeueAt ?? now),
    waitingFor: {
      reason: settled.wait?.reason ?? 'Commanded',
      message:
        settled.wait?.message ??
        `The controller is about to carry out ${command}.`,
      nextCheckAt: now,
    },
  };
  return {
    next: versioned(rollout, next),
    events: settled.events,
    requeueAt: now,
  };
}

function refusalOf(
  rollout: RolloutState,
  { command, expectedVersion, reason }: Commanded,
): string | undefined {
  const { phase, version } = rollout;
  if (!isEnded(phase) && command !== 'abort') {
    if (expectedVersion === undefined) {
      return `The command ${command} needs expectedVersion, the version of the rollout that you saw.`;
    }
    if (expectedVersion !== version) {
      return (
        `You saw version ${expectedVersion}, but the rollout is ${phase} at version ${version} by now; ` +
        `look at it again and repeat ${command} if you still want it.`
      );
    }
  }
  const refused = GUARDS[phase][command](rollout);
  if (refused) return refused;
  return command === 'promoteFull' && !reason?.trim()
    ? 'promoteFull skips steps and analysis, so it needs a reason.'
    : undefined;
}
