import type { Hold } from './schemas/hold';
import { Phase } from './phase';
import { waitsForPerson } from './waitsForPerson';

/** What `needsAttention` looks at; a rollout as the API gives it has all of it. @public */
export interface AttentionFacts {
  readonly phase: Phase;
  readonly holds: readonly Pick<Hold, 'endsBy'>[];
  readonly waitingFor?: { readonly reason: string };
}

/** Reasons in `waitingFor` that the controller cannot help by waiting alone. */
const TROUBLE: readonly string[] = [
  'ClusterUnreachable',
  'NotSeen',
  'ControllerFailed',
  'ExposureReversed',
  'ForeignChange',
  'RouteUnusable',
];

/**
 * Whether a person should look at a rollout: it goes back, a hold waits for
 * somebody, or there is trouble that may pass by itself: of the controller, or
 * of the data. A pause that goes on by itself asks nobody.
 *
 * @public
 */
export function needsAttention(rollout: AttentionFacts): boolean {
  const { phase, holds, waitingFor } = rollout;
  if (phase === 'Succeeded' || phase === 'RolledBack') return false;
  return (
    phase === 'RollingBack' ||
    TROUBLE.includes(waitingFor?.reason ?? '') ||
    holds.some(hold => waitsForPerson(hold) || hold.endsBy === 'data')
  );
}
