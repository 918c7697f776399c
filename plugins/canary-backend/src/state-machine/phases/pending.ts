import { attempt } from '../attempt';
import { withFreshBaseline } from '../exposure/freshBaseline';
import { amend, amendDesired, Change, enterPhase, waitFor } from '../draft';
import {
  canaryObjectTaken,
  deadlineExceeded,
  firstDanger,
  stableChanged,
  workloadDeleted,
} from '../rollbackTriggers';
import { routeTrouble } from '../exposure/verify';
import { Look, stableReplicas } from '../decisionInput';
import { promote } from '../promotion/promotion';
import { rollBack } from '../teardown/rollBack';
import { stepFailed } from '../plan/stepFailed';
import { targetOf } from '../plan/target';

const DANGERS = [
  workloadDeleted,
  canaryObjectTaken,
  stableChanged,
  deadlineExceeded,
];

/**
 * Nothing has been written. One look must show the workload and the route as
 * the start found them; then the canary is made, or, for a rollback, the
 * previous images are put in place at once.
 */
export function pending(change: Change, look: Look): Change {
  const danger = firstDanger(DANGERS, change.next, look);
  if (danger) return rollBack(change, danger, look);
  const { now, context } = look;
  if (change.next.strategy === 'rollback') {
    return promote(change, now, context, 'the previous images are put back.');
  }
  const trouble = routeTrouble(change.next, look);
  if (trouble) {
    return waitFor(change, {
      reason: 'RouteUnusable',
      message: trouble,
      pace: 'working',
    });
  }

  const { plan, target, baseline } = change.next;
  const live = stableReplicas(change.next, look);
  const first = attempt(() => targetOf(change.next, 0, live, context));
  if ('error' in first) return stepFailed(change, first.error, look);
  const wanted = amendDesired(
    amend(change, { phaseDeadlineAt: now + plan.deadlineMs }),
    {
      canary: 'present',
      ...withFreshBaseline(change.next.desired, 'present'),
      // Where pods are the traffic, none may be before a step asks for them.
      replicas: context.reachableWeight ? 0 : first.value.replicas,
      hpaFloor: baseline.hpa !== undefined,
    },
  );
  return waitFor(
    enterPhase(
      wanted,
      'Initializing',
      now,
      `${target.name}-canary is created with ${wanted.next.desired.replicas} pods.`,
    ),
    {
      reason: 'CanaryNotAvailable',
      message: `${target.name}-canary is being created.`,
      pace: 'working',
    },
  );
}
