import {
  TrafficIntent,
  TrafficObservation,
} from 'backstage-plugin-canary-node';
import { exceeds } from '../../rollout/exposure';

/**
 * Whether making the intent true takes no user to the canary who does not get
 * there already. Naming the canary's Service for the first time counts as
 * raising, though its weight is 0.
 */
export function isLowering(
  seen: TrafficObservation,
  intent: TrafficIntent,
): boolean {
  return (
    intent.backend === 'absent' ||
    (seen.backend === 'present' && !exceeds(intent.exposure, seen.exposure))
  );
}
