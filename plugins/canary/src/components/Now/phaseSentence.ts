import { Rollout } from 'backstage-plugin-canary-common';
import { describeImages } from '../../format';
import { Translate } from '../../translation';
import { impliedStep } from '../shared';
import { holdWords } from './holdWords';

/** Why a rollout is where it is: its end in its own words, else its gravest wait. */
export function phaseSentence(t: Translate, rollout: Rollout): string {
  const { outcome, holds, phase, images } = rollout;
  if (outcome) {
    return phase === 'RollingBack'
      ? `${outcome.message.trim().replace(/\.$/, '')}. ${t('now.goesBack', {
          image: describeImages(images.stable),
        })}`
      : outcome.message;
  }
  if (holds.length > 0) return holdWords(t, rollout, holds[0]);
  return t(`phaseSentence.${phase}`);
}

/**
 * The same about a rollout that is looked at closely: of one that works, what
 * exactly it waits for, and of one that only observes, that it does.
 */
export function nowSentence(t: Translate, rollout: Rollout): string {
  const sentence = workSentence(t, rollout);
  return rollout.plan.observeOnly && !rollout.outcome
    ? t('now.observesOnly', { sentence })
    : sentence;
}

function workSentence(t: Translate, rollout: Rollout): string {
  const { outcome, holds, phase, waitingFor, step } = rollout;
  if (outcome || holds.length > 0) return phaseSentence(t, rollout);
  if (waitingFor) return waitingFor.message;
  if (phase !== 'Progressing') return phaseSentence(t, rollout);
  return step.kind === 'gate'
    ? impliedStep(t, 'gate', rollout.plan)
    : step.title;
}

/** The phase and, where users reach the canary or may soon, with how much traffic. */
export function phaseWithWeight(
  t: Translate,
  rollout: Rollout,
  formatted: { readonly observed?: string; readonly desired?: string },
): string {
  const { phase, weight } = rollout;
  const word = t(`phase.${phase}`);
  const { observed, desired } = formatted;
  if (phase !== 'Progressing' && phase !== 'Paused') return word;
  if (!observed) return word;
  return weight.desired === weight.observed || !desired
    ? t('now.phaseAt', { phase: word, weight: observed })
    : t('now.phaseOnTheWay', { phase: word, weight: observed, desired });
}
