import { StepDefinition, StepResult } from 'backstage-plugin-canary-node';
import { RolloutState } from '../../rollout';
import {
  closeAnalysis,
  conclusionOf,
  inputsOf,
  openAnalysis,
  standingOf,
  stepScope,
} from '../analysisRuns/analysisRuns';
import { assertNever } from '../assertNever';
import { attempt } from '../attempt';
import { amend, Change, event, waitFor } from '../draft';
import { passGate } from './gate';
import { awaitsFreshData } from '../controllerOutage';
import { addHold } from '../holds/holds';
import { Look, stableReplicas } from '../decisionInput';
import { standStep } from './settleStep';
import { startedStep } from './stepEvents';
import { stepFailed } from './stepFailed';
import { targetOf } from './target';

/**
 * Walks the plan as far as one look allows: several steps that need nothing
 * are one decision, and none is skipped. Stops where something is waited for,
 * where a hold begins, and at the end of the phase.
 */
export function walk(change: Change, look: Look): Change {
  if (awaitsFreshData(change)) {
    return waitFor(change, {
      reason: 'FreshData',
      message:
        'No controller ran for a while; waiting for fresh data of every metric.',
      pace: 'waiting',
    });
  }
  let walked = change;
  for (;;) {
    const { index } = walked.next.step;
    walked = walkOne(walked, look);
    const goesOn =
      walked.next.phase === change.next.phase && walked.next.step.index > index;
    if (!goesOn) return walked;
  }
}

/** One step, or the gate behind the last one. */
function walkOne(change: Change, look: Look): Change {
  const { index } = change.next.step;
  const live = stableReplicas(change.next, look);
  const target = attempt(() =>
    targetOf(change.next, index, live, look.context),
  );
  if ('error' in target) return stepFailed(change, target.error, look);

  const stood = standStep(change, target.value, look);
  if (stood.next.step.readySince === undefined) return stood;
  return index < stood.next.plan.steps.length
    ? askStep(stood, look)
    : passGate(stood, look);
}

/** Asks the step what to do, now that its exposure and replicas stand. */
function askStep(change: Change, look: Look): Change {
  const { plan, step } = change.next;
  const { kind } = plan.steps[step.index];
  const asked = attempt(() => {
    const definition = look.context.step(kind);
    const prepared = openStepAnalysis(
      notePerformed(change, definition, look),
      definition,
      look,
    );
    return { prepared, result: evaluate(prepared, definition, look) };
  });
  if ('error' in asked) return stepFailed(change, asked.error, look);
  const { prepared, result } = asked.value;

  switch (result.status) {
    case 'done':
      return completeStep(prepared, look);
    case 'failed':
      return stepFailed(prepared, result.message, look);
    case 'hold':
      // A person or the clock ended this step's hold; it cannot ask for another.
      if (prepared.next.step.promoted) return completeStep(prepared, look);
      return addHold(prepared, { ...result.hold, since: look.now }, look.now, {
        step: step.index,
        kind,
        ...conclusionInputs(prepared.next, look),
      });
    case 'working':
      return waitFor(prepared, {
        reason: result.reason,
        message: performError(look) ?? result.message,
        pace: 'waiting',
        checkAt: result.nextCheckAt,
      });
    default:
      return assertNever(result);
  }
}

function evaluate(
  change: Change,
  definition: StepDefinition,
  look: Look,
): StepResult {
  const { step, plan } = change.next;
  const asksForAnalysis = definition.analysis !== undefined;
  return definition.evaluate({
    params: plan.steps[step.index].params,
    now: look.now,
    readySince: step.readySince ?? look.now,
    performed: step.performed,
    analysis: asksForAnalysis
      ? standingOf(stepScope(step.index), change, look)
      : undefined,
    promoted: step.promoted,
  });
}

function openStepAnalysis(
  change: Change,
  definition: StepDefinition,
  look: Look,
): Change {
  const { plan, step, verified } = change.next;
  const wanted = definition.analysis?.(plan.steps[step.index].params);
  if (!wanted) return change;
  const windowFrom = Math.max(look.now, verified.since + plan.traffic.settleMs);
  const { durationMs, ...policy } = wanted;
  return openAnalysis(
    change,
    {
      ...policy,
      scope: stepScope(step.index),
      startedAt: look.now,
      windowFrom,
      weight: verified.exposure.weight,
      endsAt: windowFrom + durationMs,
    },
    look.now,
  );
}

/** Keeps what the step's `perform` returned. */
function notePerformed(
  change: Change,
  definition: StepDefinition,
  { observation, now }: Look,
): Change {
  const { performed } = observation;
  const { step } = change.next;
  if (!definition.perform || !performed || step.performed !== undefined) {
    return change;
  }
  if ('error' in performed) return change;
  return amend(
    change,
    { step: { ...step, performed: performed.value } },
    event('Decision', now, `Step ${step.index + 1} has done its work.`, {
      step: step.index,
      performed: performed.value,
    }),
  );
}

function performError({ observation: { performed } }: Look) {
  return performed && 'error' in performed ? performed.error : undefined;
}

function completeStep(change: Change, look: Look): Change {
  const { plan, step } = change.next;
  const { now } = look;
  const index = step.index + 1;
  const { kind, title } = plan.steps[step.index];
  const inputs = conclusionInputs(change.next, look);
  const closed = closeAnalysis(
    change,
    stepScope(step.index),
    now,
    'its step is done.',
    inputs,
  );
  return amend(
    { ...closed, wait: undefined },
    {
      step: {
        index,
        startedAt: now,
        deadlineAt: now + plan.deadlineMs,
        promoted: false,
      },
    },
    event('StepCompleted', now, `Step ${step.index + 1} is done: ${title}`, {
      step: step.index,
      kind,
      tookMs: now - step.startedAt,
      ended: step.promoted ? 'hold' : 'work',
      ...inputs,
    }),
    ...startedStep(plan, index, now),
  );
}

function conclusionInputs({ step }: RolloutState, look: Look) {
  const conclusion = conclusionOf(stepScope(step.index), look);
  return conclusion ? inputsOf(conclusion, look) : {};
}
