import { Draft } from '../draft';
import { DecisionInput } from '../decisionInput';
import { runPlan } from '../plan/runPlan';

/** Walks the plan step by step; a hold that appears makes it `Paused`. */
export function progressing(draft: Draft, input: DecisionInput): Draft {
  return runPlan(draft, input);
}
