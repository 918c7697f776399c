import { assertNever } from '../assertNever';
import { Instant, RolloutState } from '../../rollout';
import { Outcome } from 'backstage-plugin-canary-common';
import { update, Draft, enterPhase, event } from '../draft';
import { observesOnly } from '../analysisRuns/observing';

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
  return end(
    update(draft, { outcome: successOf(draft.next) }),
    'Succeeded',
    now,
  );
}

function successOf(rollout: RolloutState): Outcome {
  const { strategy, target, promotion } = rollout;
  const name = `${target.namespace}/${target.name}`;
  switch (strategy) {
    case 'rollback':
      return {
        result: 'Succeeded',
        reason: 'RolledBackToPrevious',
        message: `Deployment ${name} runs its previous images again.`,
      };
    case 'canary':
      if (observesOnly(rollout)) {
        return {
          result: 'Succeeded',
          reason: 'Observed',
          message: `Deployment ${name} was observed beside itself; nothing was released.`,
        };
      }
      return promotion?.cause === 'full'
        ? {
            result: 'Succeeded',
            reason: 'PromotedFull',
            message: `Deployment ${name} runs the new version; a person skipped the rest of the plan.`,
          }
        : {
            result: 'Succeeded',
            reason: 'Promoted',
            message: `Deployment ${name} runs the new version.`,
          };
    default:
      return assertNever(strategy);
  }
}
