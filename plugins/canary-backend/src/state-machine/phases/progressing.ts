import { Change } from '../change';
import { Look } from '../look';
import { runPlan } from '../runPlan';

/** Walks the plan step by step; a hold that appears makes it `Paused`. */
export function progressing(change: Change, look: Look): Change {
  return runPlan(change, look);
}
