/** What a permitted person may ask of a rollout. @public */
export type Command =
  | 'promote'
  | 'promoteFull'
  | 'abort'
  | 'pause'
  | 'resume'
  | 'retry'
  | 'rollback';

/** Every command. @public */
export const COMMANDS: readonly Command[] = [
  'promote',
  'promoteFull',
  'abort',
  'pause',
  'resume',
  'retry',
  'rollback',
];

/** Body of `POST /rollouts/{id}/commands`. @public */
export interface CommandRequest {
  readonly command: Command;
  /** The `version` of the page that was clicked; `abort` needs none. */
  readonly expectedVersion?: number;
  /** Why; required by `promoteFull`. */
  readonly reason?: string;
}
