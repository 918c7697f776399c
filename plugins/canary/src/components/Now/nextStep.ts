import { Rollout } from 'backstage-plugin-canary-common';
import { Translate } from '../../translation';
import { impliedStep } from '../shared';

/** What follows when what a rollout does or waits for now has ended well. */
export function nextStep(t: Translate, rollout: Rollout): string {
  const { plan, step, phase, holds, rollbackOf } = rollout;
  switch (phase) {
    case 'Promoting':
      return t('next.served');
    case 'RollingBack':
      return t('next.cleanUp');
    default:
  }
  if (rollbackOf) return t('next.served');
  if (phase !== 'Progressing' && phase !== 'Paused') {
    return afterStep(t, rollout, 0, plan.steps.length);
  }
  // What holds a step from outside leaves the step itself to be done.
  const stepEnds =
    phase === 'Progressing' ||
    holds.some(
      ({ reason }) =>
        reason === 'StepPause' ||
        reason === 'Approval' ||
        reason === 'Inconclusive',
    );
  const index = step.index + (stepEnds ? 1 : 0);
  return afterStep(t, rollout, index, plan.steps.length);
}

function afterStep(
  t: Translate,
  { plan }: Rollout,
  index: number,
  gate: number,
): string {
  const step = plan.steps[index];
  if (step) return step.title;
  const isGate = index === gate && plan.analysis !== 'none';
  return impliedStep(t, isGate ? 'gate' : 'promotion', plan);
}
