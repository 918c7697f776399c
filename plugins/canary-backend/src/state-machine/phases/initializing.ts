import { amend, amendDesired, Change, enterPhase, waitFor } from '../draft';
import {
  canaryCrashLooping,
  canaryObjectTaken,
  deadlineExceeded,
  firstDanger,
  imageChanged,
  imagePullFailed,
  stableChanged,
  workloadDeleted,
} from '../rollbackTriggers';
import { Look, podsAvailable, scalingIsShift } from '../decisionInput';
import { isReadBack, routeTrouble } from '../exposure/verify';
import { rollBack } from '../teardown/rollBack';
import { runPlan } from '../plan/runPlan';
import { startedStep } from '../plan/stepEvents';
import { recordImageIds } from '../plan/watch';
import { waitForPods } from '../exposure/capacity';

const DANGERS = [
  workloadDeleted,
  canaryObjectTaken,
  canaryCrashLooping,
  imagePullFailed,
  imageChanged,
  stableChanged,
  deadlineExceeded,
];

/**
 * The canary comes up without a user: Deployment and Service, available, then
 * its backend at weight 0, accepted. Only then may a step raise anything.
 */
export function initializing(change: Change, look: Look): Change {
  const danger = firstDanger(DANGERS, change.next, look);
  if (danger) return rollBack(change, danger, look);

  const seen = recordImageIds(change, look);
  const { desired, target, traffic, plan } = seen.next;
  const waitOn = (reason: string, message: string, on = seen) =>
    waitFor(on, { reason, message, pace: 'working' });

  if (!podsAvailable(seen.next, look) || !look.observation.canaryService) {
    return waitForPods(seen, look);
  }
  if (!isHpaHeld(seen, look)) {
    return waitOn(
      'HpaFloorNotHeld',
      `Waiting until HorizontalPodAutoscaler ${look.observation.hpa?.name} keeps the stable's pods.`,
    );
  }
  const trouble = routeTrouble(seen.next, look);
  if (trouble) return waitOn('ForeignChange', trouble);
  if (desired.backend === 'absent') {
    return waitOn(
      'BackendNotAccepted',
      `${target.name}-canary is being added to the route of ${traffic.stableService} at weight 0.`,
      amendDesired(seen, { backend: 'present' }),
    );
  }
  if (!isReadBack(seen.next, look)) {
    return waitOn(
      'BackendNotAccepted',
      `Waiting until the route of ${traffic.stableService} shows the canary at weight 0.`,
    );
  }

  const { now } = look;
  const begun = amend(
    enterPhase(
      seen,
      'Progressing',
      now,
      'the canary is up and has no user yet.',
    ),
    {
      phaseDeadlineAt: undefined,
      verified: { exposure: desired.exposure, since: now },
      step: {
        index: 0,
        startedAt: now,
        deadlineAt: now + plan.deadlineMs,
        promoted: false,
      },
    },
    ...startedStep(plan, 0, now),
  );
  return runPlan(begun, look);
}

/** Whether an HPA cannot take pods from the stable while users are on the canary. */
function isHpaHeld({ next }: Change, { observation: { hpa }, context }: Look) {
  const { desired, plan } = next;
  if (!desired.hpaFloor || !hpa || plan.acceptCapacityRisk) return true;
  return scalingIsShift(context) || hpa.minReplicas >= hpa.held;
}
