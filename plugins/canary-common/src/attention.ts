import { HoldReason } from './hold';
import { Phase } from './phase';

/** What `waitsForPerson` looks at. @public */
export interface HoldFacts {
  readonly reason: HoldReason;
  /** When it ends by itself, as text or as a number. */
  readonly until?: string | number;
  /** At `until` the rollout is taken back instead of moved on. */
  readonly rollbackAtEnd?: boolean;
}

/** What `needsAttention` looks at; a rollout as the API gives it has all of it. @public */
export interface AttentionFacts {
  readonly phase: Phase;
  readonly holds: readonly HoldFacts[];
  readonly waitingFor?: { readonly reason: string };
}

/** Reasons in `waitingFor` that the controller cannot help by waiting alone. */
const TROUBLE: readonly string[] = [
  'ClusterUnreachable',
  'ControllerFailed',
  'ExposureReversed',
  'ForeignChange',
  'RouteUnusable',
];

/**
 * Whether a person should look at a rollout: it goes back, a hold waits for
 * somebody's decision, or the controller is in trouble. A pause that ends by
 * itself asks nobody; one that is taken back at its end does.
 *
 * @public
 */
export function needsAttention(rollout: AttentionFacts): boolean {
  const { phase, holds, waitingFor } = rollout;
  if (phase === 'Succeeded' || phase === 'RolledBack') return false;
  return (
    phase === 'RollingBack' ||
    TROUBLE.includes(waitingFor?.reason ?? '') ||
    holds.some(waitsForPerson)
  );
}

/**
 * Whether a hold waits for somebody: every one but a pause that goes on by
 * itself.
 *
 * @public
 */
export function waitsForPerson(hold: HoldFacts): boolean {
  const { reason, until, rollbackAtEnd } = hold;
  return (
    reason !== 'StepPause' || until === undefined || rollbackAtEnd === true
  );
}
