import { HappeningKind } from './HappeningKind';
import { cluster } from './kinds/cluster';
import { metrics } from './kinds/metrics';
import { network } from './kinds/network';
import { people } from './kinds/people';
import { processes } from './kinds/processes';

/** Everything that can happen, by its name. */
export const HAPPENINGS: Readonly<Record<string, HappeningKind>> = {
  ...network,
  ...processes,
  ...metrics,
  ...cluster,
  ...people,
};
