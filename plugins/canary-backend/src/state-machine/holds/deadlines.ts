import { HoldReason } from 'backstage-plugin-canary-common';
import { HoldState, Instant, RolloutState } from '../../rollout';

/** Whatever else holds the rollout: these ask for an end of their own. */
const KEEP_RUNNING: readonly HoldReason[] = ['ForeignChange', 'Disrupted'];

/**
 * The step with its deadline as the holds have it. Work has one; waiting for
 * people or for a set time has none, and what follows gets a new one. A
 * foreign change and pods that were taken away keep it running, in a pause too,
 * and so does missing data until a person has to decide about it.
 */
export function withStepDeadline(
  rollout: RolloutState,
  now: Instant,
): RolloutState {
  const { step, holds, plan } = rollout;
  const runs =
    holds.some(({ reason }) => KEEP_RUNNING.includes(reason)) ||
    !holds.some(stopsDeadline);
  const deadlineAt = runs
    ? step.deadlineAt ?? now + plan.deadlineMs
    : undefined;
  if (deadlineAt === step.deadlineAt) return rollout;
  return { ...rollout, step: { ...step, deadlineAt } };
}

/** The deadline that bounds what the rollout does now, if anything does. */
export function deadlineOf(rollout: RolloutState): Instant | undefined {
  return rollout.phaseDeadlineAt ?? rollout.step.deadlineAt;
}

function stopsDeadline({ reason, endsBy }: HoldState): boolean {
  return !KEEP_RUNNING.includes(reason) && endsBy !== 'data';
}
