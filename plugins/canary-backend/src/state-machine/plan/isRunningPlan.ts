import { RolloutState } from '../../rollout';

/** Whether the plan is being walked, held or not. */
export function isWalking({ phase }: RolloutState): boolean {
  return phase === 'Progressing' || phase === 'Paused';
}
