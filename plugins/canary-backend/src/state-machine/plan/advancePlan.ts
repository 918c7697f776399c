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
import { assertNever } from '../../rollout/assertNever';
import { attempt } from '../attempt';
import { update, Draft, event, waitFor } from '../draft';
import { passGate } from './gate';
import { awaitsFreshData } from '../controllerOutage';
import { addHold } from '../holds/holds';
import { DecisionInput, stableReplicas } from '../decisionInput';
import { settleStep } from './settleStep';
import { startedStep } from './stepEvents';
import { stepFailed } from './stepFailed';
import { targetOf } from './target';

/**
 * Walks the plan as far as one observation allows: several steps that need nothing
 * are one decision, and none is skipped. Stops where something is waited for,
 * where a hold begins, and at the end of the phase.
 */
export function advancePlan(draft: Draft, input: DecisionInput): Draft {
  if (awaitsFreshData(draft)) {
    return waitFor(draft, {
      reason: 'FreshData',
      message:
        'No controller ran for a while; waiting for fresh data of every metric.',
      pace: 'waiting',
    });
  }
  let advanced = draft;
  for (;;) {
    const { index } = advanced.next.step;
    advanced = advanceOne(advanced, input);
    const goesOn =
      advanced.next.phase === draft.next.phase &&
      advanced.next.step.index > index;
    if (!goesOn) return advanced;
  }
}

/** One step, or the gate behind the last one. */
function advanceOne(draft: Draft, input: DecisionInput): Draft {
  const { index } = draft.next.step;
  const live = stableReplicas(draft.next, input);
  const target = attempt(() =>
    targetOf(draft.next, index, live, input.context),
  );
  if ('error' in target) return stepFailed(draft, target.error, input);

  const settled = settleStep(draft, target.value, input);
  if (settled.next.step.readySince === undefined) return settled;
  return index < settled.next.plan.steps.length
    ? askStep(settled, input)
    : passGate(settled, input);
}

/** Asks the step what to do, now that its exposure and replicas stand. */
function askStep(draft: Draft, input: DecisionInput): Draft {
  const { plan, step } = draft.next;
  const { kind } = plan.steps[step.index];
  const asked = attempt(() => {
    const definition = input.context.step(kind);
    const prepared = openStepAnalysis(
      notePerformed(draft, definition, input),
      definition,
      input,
    );
    return { prepared, result: evaluate(prepared, definition, input) };
  });
  if ('error' in asked) return stepFailed(draft, asked.error, input);
  const { prepared, result } = asked.value;

  switch (result.status) {
    case 'done':
      return completeStep(prepared, input);
    case 'failed':
      return stepFailed(prepared, result.message, input);
    case 'hold':
      // A person or the clock ended this step's hold; it cannot ask for another.
      if (prepared.next.step.holdEnded) return completeStep(prepared, input);
      return addHold(
        prepared,
        { ...result.hold, since: input.now },
        input.now,
        {
          step: step.index,
          kind,
          ...conclusionInputs(prepared.next, input),
        },
      );
    case 'working':
      return waitFor(prepared, {
        reason: result.reason,
        message: performError(input) ?? result.message,
        pace: 'waiting',
        requeueAt: result.requeueAt,
      });
    default:
      return assertNever(result);
  }
}

function evaluate(
  draft: Draft,
  definition: StepDefinition,
  input: DecisionInput,
): StepResult {
  const { step, plan } = draft.next;
  const asksForAnalysis = definition.analysis !== undefined;
  return definition.evaluate({
    params: plan.steps[step.index].params,
    now: input.now,
    readySince: step.readySince ?? input.now,
    performed: step.performed,
    analysis: asksForAnalysis
      ? standingOf(stepScope(step.index), draft, input)
      : undefined,
    holdEnded: step.holdEnded !== undefined,
  });
}

function openStepAnalysis(
  draft: Draft,
  definition: StepDefinition,
  input: DecisionInput,
): Draft {
  const { plan, step, verified } = draft.next;
  const wanted = definition.analysis?.(plan.steps[step.index].params);
  if (!wanted) return draft;
  const windowFrom = Math.max(
    input.now,
    verified.since + plan.traffic.settleMs,
  );
  const { durationMs, ...policy } = wanted;
  return openAnalysis(
    draft,
    {
      ...policy,
      scope: stepScope(step.index),
      startedAt: input.now,
      windowFrom,
      weight: verified.exposure.weight,
      endsAt: windowFrom + durationMs,
    },
    input.now,
  );
}

/** Keeps what the step's `perform` returned. */
function notePerformed(
  draft: Draft,
  definition: StepDefinition,
  { observation, now }: DecisionInput,
): Draft {
  const { performed } = observation;
  const { step } = draft.next;
  if (!definition.perform || !performed || step.performed !== undefined) {
    return draft;
  }
  if ('error' in performed) return draft;
  return update(
    draft,
    { step: { ...step, performed: performed.value } },
    event('Decision', now, `Step ${step.index + 1} has done its work.`, {
      step: step.index,
      performed: performed.value,
    }),
  );
}

function performError({ observation: { performed } }: DecisionInput) {
  return performed && 'error' in performed ? performed.error : undefined;
}

function completeStep(draft: Draft, input: DecisionInput): Draft {
  const { plan, step } = draft.next;
  const { now } = input;
  const index = step.index + 1;
  const { kind, title } = plan.steps[step.index];
  const inputs = conclusionInputs(draft.next, input);
  const closed = closeAnalysis(
    draft,
    stepScope(step.index),
    now,
    'its step is done.',
    inputs,
  );
  return update(
    { ...closed, wait: undefined },
    {
      step: {
        index,
        startedAt: now,
        deadlineAt: now + plan.deadlineMs,
      },
    },
    event('StepCompleted', now, `Step ${step.index + 1} is done: ${title}`, {
      step: step.index,
      kind,
      tookMs: now - step.startedAt,
      ended: step.holdEnded ? 'hold' : 'work',
      ...inputs,
    }),
    ...startedStep(plan, index, now),
  );
}

function conclusionInputs({ step }: RolloutState, input: DecisionInput) {
  const conclusion = conclusionOf(stepScope(step.index), input);
  return conclusion ? inputsOf(conclusion, input) : {};
}
