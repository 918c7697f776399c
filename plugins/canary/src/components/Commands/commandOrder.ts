import { Command, Rollout } from 'backstage-plugin-canary-common';
import { commandAppearances } from '../../icons';

/** Commands that send users to another version at once, past what the plan would check. */
export const DANGEROUS: readonly Command[] = [
  'promoteFull',
  'rollback',
  'abort',
];

/** What a reader most likely came for; the first one allowed stands out. */
const EXPECTED: readonly Command[] = ['promote', 'resume', 'retry'];

/** A command that a rollout allows, or refuses with a sentence. */
export interface Offer {
  readonly command: Command;
  readonly refusal?: string;
}

/** What a rollout offers: commands in one order for every state, so that no button moves under a hand. */
export interface Offers {
  readonly usual: readonly Offer[];
  readonly dangerous: readonly Offer[];
  /** The one that stands out. */
  readonly main?: Command;
  /** Nothing is allowed, all for one reason. */
  readonly refusal?: string;
}

/** Sorts the commands of a rollout; those without a button of ours are left out. */
export function offersOf({ allowedCommands, refusals = {} }: Rollout): Offers {
  const known = Object.keys(commandAppearances) as Command[];
  const offers = known
    .filter(command => allowedCommands.includes(command) || refusals[command])
    .map(
      (command): Offer =>
        allowedCommands.includes(command)
          ? { command }
          : { command, refusal: refusals[command] },
    );
  const reasons = new Set(offers.map(({ refusal }) => refusal));
  const [only] = reasons;
  if (reasons.size === 1 && only) {
    return { usual: [], dangerous: [], refusal: only };
  }
  return {
    usual: offers.filter(({ command }) => !DANGEROUS.includes(command)),
    dangerous: DANGEROUS.flatMap(
      each => offers.find(({ command }) => command === each) ?? [],
    ),
    main: EXPECTED.find(each => allowedCommands.includes(each)),
  };
}
