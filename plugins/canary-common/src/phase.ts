/** Every phase, in the order of a rollout's life. @public */
export const PHASES = [
  'Pending',
  'Initializing',
  'Progressing',
  'Paused',
  'Promoting',
  'RollingBack',
  'Succeeded',
  'RolledBack',
] as const;

/**
 * Where a rollout is. `Succeeded` and `RolledBack` are the two ends; an ended
 * rollout never changes again.
 *
 * @public
 */
export type Phase = (typeof PHASES)[number];

/** Whether a rollout in this phase has ended for good. @public */
export function isEnded(phase: Phase): phase is 'Succeeded' | 'RolledBack' {
  return phase === 'Succeeded' || phase === 'RolledBack';
}
