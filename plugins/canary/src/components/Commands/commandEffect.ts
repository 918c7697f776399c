import { Command, Rollout } from 'backstage-plugin-canary-common';
import { describeImages, formatWeight } from '../../format';
import { Translate } from '../../translation';

/** What will happen when the command is confirmed, with the names in it. */
export function commandEffect(
  t: Translate,
  command: Command,
  rollout: Rollout,
): string {
  switch (command) {
    case 'promote':
    case 'resume':
      return t(`command.${command}.effect`, { next: nextStep(t, rollout) });
    case 'promoteFull':
      return t('command.promoteFull.effect', {
        image: describeImages(rollout.images.canary),
      });
    case 'abort':
      return t('command.abort.effect', {
        image: describeImages(rollout.images.stable),
      });
    case 'pause':
      return t('command.pause.effect', {
        weight: formatWeight(rollout.weight.desired) ?? t('value.unknown'),
      });
    case 'retry':
      return t('command.retry.effect', {
        image: describeImages(rollout.images.canary),
        plan: rollout.plan.title,
      });
    default:
      return t('command.rollback.effect', {
        image: describeImages(rollout.images.stable),
      });
  }
}

/** What comes after the step that waits. */
function nextStep(t: Translate, { plan, step, holds }: Rollout): string {
  const ends = holds.some(
    ({ reason }) => reason === 'StepPause' || reason === 'Approval',
  );
  const next = plan.steps[step.index + (ends ? 1 : 0)];
  if (next) return next.title;
  return plan.analysis === 'none' ? t('steps.promotion') : t('steps.gate');
}
