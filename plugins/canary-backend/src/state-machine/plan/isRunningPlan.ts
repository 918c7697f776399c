import { RolloutState } from '../../rollout';

/** Whether the plan is being walked, held or not. */
export function isRunningPlan({ phase }: RolloutState): boolean {
  return phase === 'Progressing' || phase === 'Paused';
}
