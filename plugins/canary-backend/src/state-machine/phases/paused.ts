import { Change } from '../change';
import { Look } from '../look';
import { runPlan } from '../runPlan';

/**
 * Something holds the walk. Everything is watched as before (dangers, the
 * background analysis, what was read back); nothing is raised until the last
 * hold is cleared.
 */
export function paused(change: Change, look: Look): Change {
  return runPlan(change, look);
}
