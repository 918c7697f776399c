import { RolloutState } from '../../rollout';
import { kindOf } from '../kindOf';

/**
 * Whether the plan only observes: canary and stable are one version, so that
 * whatever a metric says is chance. It is measured, judged and recorded, and
 * neither fails, holds nor passes the rollout.
 */
export function observesOnly(
  rollout: Pick<RolloutState, 'strategy' | 'plan'>,
): boolean {
  return kindOf(rollout) === 'observe';
}
