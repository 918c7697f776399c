import { HOLD_REASONS, isEnded } from 'backstage-plugin-canary-common';
import { RolloutState } from '../../rollout';
import { MachineCommand } from '../commands';
import { Simulation } from './Simulation';

/** What a command did, in the words of the transition table. */
export function commandOutcomeOf(
  simulation: Simulation,
  command: MachineCommand,
): string {
  const before = simulation.rollout;
  if (simulation.command(command)) return 'refused';
  return simulation.rollout === before
    ? 'accepted, no change'
    : simulation.rollout.phase;
}

/** What one observation of this sight did, in the words of the transition table. */
export function outcomeOf(
  simulation: Simulation,
  show: (simulation: Simulation) => void,
): string {
  show(simulation);
  const before = simulation.rollout;
  simulation.tick();
  return isEnded(before.phase)
    ? neverChanges(before, simulation.rollout)
    : describe(before, simulation.rollout);
}

function neverChanges(before: RolloutState, after: RolloutState): string {
  return before === after ? 'never changes' : `${after.phase}!`;
}

function describe(before: RolloutState, after: RolloutState): string {
  const { phase, outcome, holds, waitingFor } = after;
  if (phase === before.phase && phase !== 'Paused') {
    return `stays (${waitingFor?.reason})`;
  }
  if (phase === 'Paused') {
    const reasons = HOLD_REASONS.filter(reason =>
      holds.some(hold => hold.reason === reason),
    );
    return `Paused (${reasons.join(', ')})`;
  }
  const isBack = phase === 'RollingBack' || phase === 'RolledBack';
  return isBack ? `${phase} (${outcome?.reason})` : phase;
}
