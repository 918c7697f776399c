import { Plan } from 'backstage-plugin-canary-common';
import { Instant, NewEvent } from '../../rollout';
import { asJson } from '../asJson';
import { event } from '../draft';

/**
 * The event of a step that begins, of the gate behind the last one, or none where the plan has no gate.
 *
 * @param again - how often the canary has lost its pods, where the step begins anew for that
 */
export function startedStep(
  plan: Plan,
  index: number,
  now: Instant,
  again?: number,
): readonly NewEvent[] {
  const step = plan.steps[index];
  const begins = again ? 'begins again' : 'begins';
  if (step) {
    return [
      event(
        'StepStarted',
        now,
        `Step ${index + 1} of ${plan.steps.length} ${begins}: ${step.title}`,
        { step: index, kind: step.kind, params: asJson(step.params), again },
      ),
    ];
  }
  if (plan.analysis === 'none') return [];
  return [
    event('StepStarted', now, `The gate before the promotion ${begins}.`, {
      step: index,
      kind: 'gate',
      again,
    }),
  ];
}
