import { Instant } from '../../rollout';
import { Outcome } from 'backstage-plugin-canary-common';
import { update, Draft, enterPhase, event } from '../draft';
import { kindOf } from '../kindOf';
import { promotionRules } from '../promotion/promotionRules';

/** Ends a rollout for good, with the outcome that was decided. */
export function end(
  draft: Draft,
  phase: Outcome['result'],
  now: Instant,
): Draft {
  const { outcome, startedAt } = draft.next;
  const ended = update(
    enterPhase(draft, phase, now, outcome?.message ?? 'the end.'),
    { finishedAt: now, waitingFor: undefined, requeueAt: undefined },
    event('Ended', now, outcome?.message ?? phase, {
      result: phase,
      reason: outcome?.reason,
      tookMs: now - startedAt,
    }),
  );
  return { ...ended, wait: undefined };
}

/** Ends a rollout whose images run everywhere. */
export function succeed(draft: Draft, { now }: { now: Instant }): Draft {
  const { target } = draft.next;
  const outcome: Outcome = {
    result: 'Succeeded',
    ...promotionRules[kindOf(draft.next)].outcome(
      draft.next,
      `${target.namespace}/${target.name}`,
    ),
  };
  return end(update(draft, { outcome }), 'Succeeded', now);
}
