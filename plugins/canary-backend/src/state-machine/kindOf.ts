import { RolloutState } from '../rollout';
import { assertNever } from '../rollout/assertNever';

/**
 * What a rollout is there for. A `canary` releases another version by its
 * plan; an `observe` walks a plan with the same version on both sides, so that
 * no metric decides and nothing is released; a `restore` puts previous images
 * back at once and makes no canary.
 */
export type RolloutKind = 'canary' | 'observe' | 'restore';

/** The kind, as strategy and plan had it at the start; it never changes. */
export function kindOf({
  strategy,
  plan,
}: Pick<RolloutState, 'strategy' | 'plan'>): RolloutKind {
  switch (strategy) {
    case 'canary':
      return plan.observeOnly ? 'observe' : 'canary';
    case 'rollback':
      return 'restore';
    default:
      return assertNever(strategy);
  }
}
