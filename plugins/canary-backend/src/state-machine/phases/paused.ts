import { Draft } from '../draft';
import { DecisionInput } from '../decisionInput';
import { runPlan } from '../plan/runPlan';

/**
 * Something holds the walk. Everything is watched as before (the
 * background analysis, what was read back); nothing is raised until the last
 * hold is cleared.
 */
export function paused(draft: Draft, input: DecisionInput): Draft {
  return runPlan(draft, input);
}
