import {
  Command,
  commandPermissions,
  Rollout,
} from 'backstage-plugin-canary-common';

/**
 * A rollout as somebody sees it who may not ask everything of it. The missing
 * permission goes before what the rollout's state says: waiting for another
 * state would not help.
 */
export function permittedView(
  view: Rollout,
  may: (command: Command) => boolean,
): Rollout {
  const { entityRef } = view;
  const denied = commandsOf(view).filter(command => !may(command));
  return {
    ...view,
    allowedCommands: view.allowedCommands.filter(
      command => !denied.includes(command),
    ),
    refusals: {
      ...view.refusals,
      ...Object.fromEntries(
        denied.map(command => [
          command,
          permissionMissing(commandPermissions[command].name, entityRef),
        ]),
      ),
    },
  };
}

/** The commands that make sense of a rollout now, whether it accepts them or not. */
export function commandsOf({
  allowedCommands,
  refusals = {},
}: Rollout): Command[] {
  return [...allowedCommands, ...(Object.keys(refusals) as Command[])];
}

/** The sentence of a missing permission. */
export function permissionMissing(
  permission: string,
  entityRef: string,
): string {
  return `You need the permission ${permission} for ${entityRef}; ask its owners or an administrator of the portal`;
}
