import { RolloutState } from '../../rollout';
import { deadlineOf } from '../holds/deadlines';
import { DecisionInput } from '../decisionInput';
import { triggerCheck } from './TriggerCheck';

/** Work took longer than the plan allows. */
export const deadlineExceeded = triggerCheck(['traffic'], (rollout, input) => {
  const late = lateness(rollout, input);
  return late && { reason: 'DeadlineExceeded', ...late };
});

/** Work took longer than the plan allows, and the route cannot be used: it is named as the cause. */
export const routeUnusable = triggerCheck(['traffic'], (rollout, input) => {
  const { traffic } = input.observation;
  if (traffic.found && !traffic.problem) return undefined;
  const late = lateness(rollout, input);
  return late && { reason: 'RouteUnusable', ...late };
});

/** A restore that is late must not bring back by itself what it rolls away from. */
export const restoreOverdue = triggerCheck(['stable'], (rollout, input) => {
  const late = lateness(rollout, input);
  return (
    late && {
      reason: 'DeadlineExceeded',
      message: `${late.message} ${whatIsLeft(rollout)}`,
      data: late.data,
      leaveStable: true,
    }
  );
});

function lateness(rollout: RolloutState, { now }: DecisionInput) {
  const deadlineAt = deadlineOf(rollout);
  if (deadlineAt === undefined || now < deadlineAt) return undefined;
  const { phase, plan, waitingFor } = rollout;
  return {
    message:
      `${phase} passed its deadline of ${plan.deadlineMs / 1000} s` +
      `${waitingFor ? `: ${waitingFor.message}` : '.'}`,
    data: {
      deadlineAt: new Date(deadlineAt).toISOString(),
      waitedFor: waitingFor?.reason,
    },
  };
}

function whatIsLeft({ promotion }: RolloutState): string {
  return promotion?.seenAt === undefined
    ? 'The previous images were never seen in the Deployment.'
    : 'The previous images stay in the Deployment, and nothing watches over them from now on.';
}
