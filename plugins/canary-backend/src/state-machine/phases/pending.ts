import { canaryNameOf } from 'backstage-plugin-canary-node';
import { attempt } from '../attempt';
import { withFreshBaseline } from '../exposure/freshBaseline';
import { shiftRules } from '../exposure/shifts';
import {
  update,
  updateDesired,
  Draft,
  enterPhase,
  event,
  waitFor,
} from '../draft';
import { routeTrouble } from '../exposure/verify';
import { DecisionInput, stableReplicas } from '../decisionInput';
import { withLock } from '../teardown/withLock';
import { stepFailed } from '../plan/stepFailed';
import { targetOf } from '../plan/target';

/**
 * Nothing has been written. One observation must show the workload and the route as
 * the start found them; then the canary is made.
 */
export function pending(draft: Draft, input: DecisionInput): Draft {
  const { now, context } = input;
  const trouble = routeTrouble(draft.next, input);
  if (trouble) {
    return waitFor(draft, {
      reason: 'RouteUnusable',
      message: trouble,
      pace: 'working',
    });
  }

  const { plan, target, startSnapshot } = draft.next;
  const { leftovers = [] } = input.observation;
  const live = stableReplicas(draft.next, input);
  const first = attempt(() => targetOf(draft.next, 0, live, context));
  if ('error' in first) return stepFailed(draft, first.error, input);
  const wanted = updateDesired(
    update(draft, { phaseDeadlineAt: now + plan.deadlineMs }),
    {
      canary: 'present',
      ...withLock(draft.next.desired, 'present'),
      ...withFreshBaseline(draft.next.desired, 'present'),
      replicas: shiftRules(context).podsAhead(first.value.replicas),
      hpaFloor: startSnapshot.hpa !== undefined,
    },
    ...leftovers.map(what =>
      event(
        'Warning',
        now,
        `${what}, which has ended, is left over; it is removed.`,
        { warning: 'LeftoverRemoved' },
      ),
    ),
  );
  return waitFor(
    enterPhase(
      wanted,
      'Initializing',
      now,
      `${canaryNameOf(target.name)} is created with ${
        wanted.next.desired.replicas
      } pods.`,
    ),
    {
      reason: 'CanaryNotAvailable',
      message: `${canaryNameOf(target.name)} is being created.`,
      pace: 'working',
    },
  );
}
