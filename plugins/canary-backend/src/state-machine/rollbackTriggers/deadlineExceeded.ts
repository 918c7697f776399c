import { RolloutState } from '../../rollout';
import { deadlineOf } from '../holds/deadlines';
import { TriggerCheck } from './firstTrigger';

/** Work took longer than the plan allows; a route that cannot be used is named as the cause. */
export const deadlineExceeded: TriggerCheck = (
  rollout,
  { observation, now },
) => {
  const deadlineAt = deadlineOf(rollout);
  if (deadlineAt === undefined || now < deadlineAt) return undefined;
  const { traffic } = observation;
  const routeIsUnusable =
    rollout.strategy === 'canary' && (!traffic.found || traffic.problem);
  // A rollback that is late must not bring back by itself what it rolls away from.
  const leaveStable =
    rollout.strategy === 'rollback' && rollout.phase === 'Promoting';
  return {
    reason: routeIsUnusable ? 'RouteUnusable' : 'DeadlineExceeded',
    message:
      `${rollout.phase} passed its deadline of ${
        rollout.plan.deadlineMs / 1000
      } s${rollout.waitingFor ? `: ${rollout.waitingFor.message}` : '.'}` +
      `${leaveStable ? whatIsLeft(rollout) : ''}`,
    data: {
      deadlineAt: new Date(deadlineAt).toISOString(),
      waitedFor: rollout.waitingFor?.reason,
    },
    leaveStable,
  };
};

function whatIsLeft({ promotion }: RolloutState): string {
  return promotion?.seenAt === undefined
    ? ' The previous images were never seen in the Deployment.'
    : ' The previous images stay in the Deployment, and nothing watches over them from now on.';
}
