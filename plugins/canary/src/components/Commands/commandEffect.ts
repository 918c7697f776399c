import { Command, Rollout } from 'backstage-plugin-canary-common';
import { describeImages, formatWeight } from '../../format';
import { localeOf, Translate } from '../../translation';
import { nextStep, phaseSentence } from '../Now';

/** What will happen when the command is confirmed, with the names in it. */
export function commandEffect(
  t: Translate,
  command: Command,
  rollout: Rollout,
): string {
  const stable = describeImages(rollout.images.stable);
  const canary = describeImages(rollout.images.canary);
  const observed =
    formatWeight(rollout.weight.observed, localeOf(t)) ?? t('value.unknown');
  switch (command) {
    case 'promote':
      return t('command.promote.effect', {
        hold: phaseSentence(t, rollout),
        next: nextStep(t, rollout),
      });
    case 'resume':
      return t('command.resume.effect', { next: nextStep(t, rollout) });
    case 'promoteFull':
      return t('command.promoteFull.effect', { stable, canary });
    case 'abort':
      return rollout.phase === 'Promoting'
        ? t('command.abort.effectPromoting', { stable, canary })
        : t('command.abort.effect', { stable, canary, weight: observed });
    case 'pause':
      return t('command.pause.effect', {
        canary,
        weight:
          formatWeight(rollout.weight.desired, localeOf(t)) ??
          t('value.unknown'),
      });
    case 'retry':
      return t('command.retry.effect', { canary, plan: rollout.plan.title });
    default:
      return t('command.rollback.effect', { stable, canary });
  }
}
