import { Rejudgement } from 'backstage-plugin-canary-common';
import { formatDuration, formatInstant, formatWeight } from '../../format';
import { localeOf, Translate } from '../../translation';

/** The whole answer in one sentence: would these rules have caught it? */
export function answerSentence(t: Translate, answer: Rejudgement): string {
  const { result, really, fail } = answer;
  const until = { at: formatInstant(really.endedAt, localeOf(t)) };
  const promoted = really.result === 'Succeeded';
  switch (result) {
    case 'failed':
      return fail ? failed(t, { ...answer, fail }) : answer.message;
    case 'passed':
      return promoted ? t('rejudge.passed') : t('rejudge.passedUntil', until);
    case 'undecided':
      return promoted
        ? t('rejudge.undecided')
        : t('rejudge.undecidedUntil', until);
    case 'notJudged':
      return t('rejudge.notJudged');
    default:
      return answer.message;
  }
}

function failed(
  t: Translate,
  {
    fail,
    really,
    laterMs = 0,
  }: Rejudgement & Required<Pick<Rejudgement, 'fail'>>,
): string {
  const words = {
    metric: fail.metric,
    at: formatInstant(fail.at, localeOf(t)),
    weight: formatWeight(fail.weight, localeOf(t)) ?? '–',
    by: formatDuration(Math.abs(laterMs), localeOf(t)),
  };
  if (really.fail) {
    if (laterMs === 0) return t('rejudge.failedAlike', words);
    return laterMs < 0
      ? t('rejudge.failedEarlier', words)
      : t('rejudge.failedLater', words);
  }
  return really.result === 'Succeeded'
    ? t('rejudge.failedBeforePromotion', words)
    : t('rejudge.failedBeforeRollback', words);
}
