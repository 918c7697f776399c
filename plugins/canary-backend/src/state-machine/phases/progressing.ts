import { Change } from '../draft';
import { Look } from '../decisionInput';
import { runPlan } from '../plan/runPlan';

/** Walks the plan step by step; a hold that appears makes it `Paused`. */
export function progressing(change: Change, look: Look): Change {
  return runPlan(change, look);
}
