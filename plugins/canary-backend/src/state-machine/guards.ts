import { Command } from 'backstage-plugin-canary-common';
import { RolloutState } from '../model';

/** Commands that the rollout would accept now. */
export function allowedCommands(_rollout: RolloutState): Command[] {
  return [];
}

/** Whether the command's commit must take lease and epoch, so that a stalled owner loses. */
export function takesOver(command: Command): boolean {
  return command === 'abort';
}
