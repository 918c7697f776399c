import { HeaderRoute } from 'backstage-plugin-canary-common';
import {
  TrafficIntent,
  TrafficObservation,
} from 'backstage-plugin-canary-node';

/**
 * Whether making the intent true takes no user to the canary who does not get
 * there already. Naming the canary's Service for the first time counts as
 * raising, though its weight is 0.
 */
export function isLowering(
  seen: TrafficObservation,
  intent: TrafficIntent,
): boolean {
  if (intent.backend === 'absent') return true;
  const [from, to] = [seen.exposure, intent.exposure];
  return (
    seen.backend === 'present' &&
    to.weight <= from.weight &&
    (to.mirror?.percent ?? 0) <= (from.mirror?.percent ?? 0) &&
    to.headerRoutes.every(route => from.headerRoutes.some(isSame(route)))
  );
}

function isSame(a: HeaderRoute) {
  return (b: HeaderRoute) => a.header === b.header && a.value === b.value;
}
