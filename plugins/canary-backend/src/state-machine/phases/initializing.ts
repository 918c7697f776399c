import { canaryNameOf } from 'backstage-plugin-canary-node';
import { Instant } from '../../rollout';
import {
  update,
  updateDesired,
  Draft,
  enterPhase,
  event,
  waitFor,
} from '../draft';
import { DecisionInput, podsAvailable } from '../decisionInput';
import { shiftRules } from '../exposure/shifts';
import { isVerified, routeTrouble, unacceptedBy } from '../exposure/verify';
import { runPlan } from '../plan/runPlan';
import { startedStep } from '../plan/stepEvents';
import { recordImageIds } from '../plan/watch';
import { waitForPods } from '../exposure/capacity';

/**
 * The canary comes up without a user: Deployment and Service, available, then
 * its backend at weight 0, accepted. Only then may a step raise anything.
 */
export function initializing(draft: Draft, input: DecisionInput): Draft {
  const seen = recordImageIds(draft, input);
  const { desired, target, traffic, plan } = seen.next;
  const waitOn = (reason: string, message: string, on = seen) =>
    waitFor(on, { reason, message, pace: 'working' });

  if (!podsAvailable(seen.next, input) || !input.observation.canaryService) {
    return waitForPods(seen, input);
  }
  if (!isHpaHeld(seen, input)) {
    return waitOn(
      'HpaFloorNotHeld',
      `Waiting until HorizontalPodAutoscaler ${input.observation.hpa?.name} keeps the stable's pods.`,
    );
  }
  const trouble = routeTrouble(seen.next, input);
  if (trouble) return waitOn('ForeignChange', trouble);
  if (desired.backend === 'absent') {
    return waitOn(
      'BackendNotAccepted',
      `${canaryNameOf(target.name)} is being added to the route of ${
        traffic.stableService
      } at weight 0.`,
      updateDesired(seen, { backend: 'present' }),
    );
  }
  if (!isVerified(seen.next, input)) {
    return waitOn(
      'BackendNotAccepted',
      `Waiting until the route of ${
        traffic.stableService
      } shows the canary at weight 0.${unacceptedBy(input)}`,
    );
  }

  const { now } = input;
  const begun = update(
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
      },
    },
    ...(input.observation.unlocked ? [doesWithoutLock(seen, now)] : []),
    ...startedStep(plan, 0, now),
  );
  return runPlan(begun, input);
}

function doesWithoutLock({ next: { target } }: Draft, now: Instant) {
  return event(
    'Warning',
    now,
    `No Lease ${target.namespace}/${canaryNameOf(
      target.name,
    )} could be made to own the canary; the rollout goes on without. An object that arrives after its end is looked for, and the next start removes it.`,
    { warning: 'NoLock' },
  );
}

/** Whether an HPA cannot take pods from the stable while users are on the canary. */
function isHpaHeld(
  { next }: Draft,
  { observation: { hpa }, context }: DecisionInput,
) {
  const { desired, plan } = next;
  if (!desired.hpaFloor || !hpa || plan.acceptCapacityRisk) return true;
  return !shiftRules(context).needsHpaFloor || hpa.minReplicas >= hpa.held;
}
