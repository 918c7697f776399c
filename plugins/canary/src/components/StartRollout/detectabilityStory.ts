import { MetricDetectability } from 'backstage-plugin-canary-common';
import { formatDuration, formatValue, formatWeight } from '../../format';
import { localeOf, Translate } from '../../translation';

/** What would be noticed of one metric, and how soon. */
export function metricSentences(
  t: Translate,
  { title, unit, traffic, detection, learned }: MetricDetectability,
): string[] {
  if (!traffic) return [t('start.detectabilityUnknown', { title })];
  const rate =
    formatValue(about(traffic.requestsPerSecond), 'requests/s', localeOf(t)) ??
    '';
  const share = formatWeight(about(100 * traffic.rate), localeOf(t)) ?? '';
  const base =
    traffic.bound === undefined
      ? t('start.detectabilityErrors', { title, rate, share })
      : t('start.detectabilitySlow', {
          title,
          rate,
          share,
          bound: formatValue(traffic.bound, unit, localeOf(t)) ?? '',
        });
  const found = detection.map(({ ratio, afterMs }) =>
    afterMs === undefined
      ? t('start.detectabilityNever', { times: String(ratio) })
      : t('start.detectabilityAfter', {
          times: String(ratio),
          duration: formatDuration(afterMs, localeOf(t)),
        }),
  );
  const varies = learned
    ? [
        t('start.detectabilityLearned', {
          times: formatValue(about(learned.dispersion), '', localeOf(t)) ?? '',
          windows: String(learned.windows),
        }),
      ]
    : [];
  return [base, ...found, ...varies];
}

/** Tomorrow's traffic is not today's: more than two figures would promise too much. */
function about(value: number): number {
  return Number(value.toPrecision(2));
}

/** How often all metrics together take a healthy version back, and what that rests on. */
export function errorSentence(
  t: Translate,
  detectability: readonly MetricDetectability[],
): string {
  const alpha = detectability.reduce((sum, each) => sum + each.alpha, 0);
  const share = formatWeight(100 * alpha, localeOf(t)) ?? '';
  return detectability.every(({ learned }) => learned)
    ? t('start.detectabilityAlpha', { share })
    : t('start.detectabilityAlphaUnproven', { share });
}
