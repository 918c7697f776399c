import { Measurement } from 'backstage-plugin-canary-common';
import { formatDuration } from '../../format';
import { localeOf, Translate } from '../../translation';

const DAY_MS = 86_400_000;

/** Heading of the values that the canary's are compared with. */
export function describeBaseline(
  t: Translate,
  baseline: Measurement['baseline'],
): string {
  if (!baseline) return t('metrics.seriesStable');
  if (baseline === 'fresh') return t('metrics.baselineFresh');
  switch (baseline.offsetMs) {
    case DAY_MS:
      return t('metrics.baselineYesterday');
    case 7 * DAY_MS:
      return t('metrics.baselineLastWeek');
    default:
      return t('metrics.baselineEarlier', {
        offset: formatDuration(baseline.offsetMs, localeOf(t)),
      });
  }
}
