/** Every command. @public */
export const COMMANDS = [
  'promote',
  'promoteFull',
  'abort',
  'pause',
  'resume',
  'retry',
  'rollback',
] as const;

/** What a permitted person may ask of a rollout. @public */
export type Command = (typeof COMMANDS)[number];
