/** Every kind of history row. @public */
export const EVENT_KINDS = [
  'Started',
  'PhaseChanged',
  'StepStarted',
  'StepCompleted',
  'ExposureChanged',
  'HoldAdded',
  'HoldCleared',
  'Decision',
  'Command',
  'ControllerGap',
  'Warning',
  'Ended',
] as const;

/**
 * Kinds of history rows. `Decision` carries the inputs of an analysis
 * conclusion, `Command` what a person asked.
 *
 * @public
 */
export type RolloutEventKind = (typeof EVENT_KINDS)[number];
