import { Measurement } from 'backstage-plugin-canary-common';
import { formatValue } from '../../format';
import { localeOf, Translate } from '../../translation';
import { describeBaseline } from '../shared';

/** What the chart says, for who does not see it. */
export function chartSentence(
  t: Translate,
  title: string,
  latest: Measurement,
): string {
  const word = (value: number | undefined) =>
    formatValue(value, latest.unit, localeOf(t)) ?? t('value.missing');
  const { baseline } = latest;
  const facts = {
    metric: title,
    canary: word(latest.canary),
    stable: word(latest.stable),
    limit: limitSentence(t, latest),
    verdict: t(`verdict.${latest.verdict}`),
  };
  return baseline
    ? t('metrics.chartLabelOther', {
        ...facts,
        baseline: describeBaseline(t, baseline),
      })
    : t('metrics.chartLabel', facts);
}

function limitSentence(t: Translate, { threshold, unit }: Measurement): string {
  const min = formatValue(threshold?.min, unit, localeOf(t));
  const max = formatValue(threshold?.max, unit, localeOf(t));
  if (min && max) return t('metrics.limitBoth', { min, max });
  if (max) return t('metrics.limitMax', { max });
  if (min) return t('metrics.limitMin', { min });
  return '';
}
