import {
  isExposed,
  JsonObject,
  OutcomeReason,
} from 'backstage-plugin-canary-common';
import { Instant } from '../../rollout';
import { closeAnalyses } from '../analysisRuns/analysisRuns';
import { asJson } from '../asJson';
import { update, Draft, enterPhase, event, waitFor } from '../draft';
import { MachineContext } from '../context';
import { describeExposure } from '../../rollout/exposure';
import { clearHolds } from '../holds/holds';
import { shiftRules } from '../exposure/shifts';

/** Why a rollout is taken back, with the inputs of that decision. */
export interface RollbackTrigger {
  readonly reason: OutcomeReason;
  /** A sentence with the names and numbers in it. */
  readonly message: string;
  readonly data?: JsonObject;
  /** The stable is somebody else's now: not even our own images are put back. */
  readonly leaveStable?: boolean;
}

/**
 * Enters `RollingBack`: nobody shall reach the canary from this commit on, and
 * the fence makes the writes of a stalled former owner fail.
 */
export function rollBack(
  draft: Draft,
  trigger: RollbackTrigger,
  input: {
    readonly now: Instant;
    readonly fence: string;
    readonly context: MachineContext;
  },
): Draft {
  const { now, fence, context } = input;
  const { phase, desired, verified, plan } = draft.next;
  const { reason, message, data } = trigger;
  const patched = desired.stable === 'promoted';
  const everExposed =
    isExposed(desired.exposure) || isExposed(verified.exposure);

  const decided = update(
    draft,
    {},
    event('Decision', now, `Roll back (${reason}): ${message}`, {
      decision: 'rollBack',
      reason,
      from: phase,
      ...data,
    }),
  );
  const quiet = closeAnalyses(
    clearHolds(decided, now, 'the rollout is taken back.'),
    now,
    'the rollout is taken back.',
  );
  const lowered = update(
    quiet,
    {
      outcome: { result: 'RolledBack', reason, message },
      desired: {
        ...shiftRules(context).lowered(desired),
        stable: patched && !trigger.leaveStable ? 'restored' : 'untouched',
        // Nothing was written in Pending, so no write can be stalled.
        fence: phase === 'Pending' ? undefined : fence,
      },
      step: { ...quiet.next.step, deadlineAt: undefined },
      phaseDeadlineAt: undefined,
      freshSince: undefined,
      reversals: 0,
      // Where nobody ever reached the canary there is nothing to drain, and no
      // gateway to wait for.
      neverExposed: !everExposed,
      drainedSince: everExposed ? undefined : now - plan.traffic.drainMs,
    },
    ...(isExposed(desired.exposure)
      ? [
          event(
            'ExposureChanged',
            now,
            `The canary gets no traffic any more; it had ${describeExposure(
              desired.exposure,
            )}.`,
            { from: asJson(desired.exposure), weight: 0, reason },
          ),
        ]
      : []),
  );
  return waitFor(enterPhase(lowered, 'RollingBack', now, message), {
    reason: 'LoweringExposure',
    message: 'Traffic is being taken off the canary.',
    pace: 'working',
  });
}
