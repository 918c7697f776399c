import { Plan, Preview } from 'backstage-plugin-canary-common';
import { describeImages, formatWeight } from '../../format';
import { localeOf, Translate } from '../../translation';
import { describeBaseline } from '../shared';

/** What will happen, for somebody who has never seen a rollout, a sentence each. */
export function previewStory(t: Translate, preview: Preview): string[] {
  const { steps, images, plan } = preview;
  const canary = describeImages(images.canary);
  const stable = describeImages(images.stable);
  const weights = steps.map(({ weight }) => weight).filter(each => each > 0);
  const first = formatWeight(weights[0] ?? NaN, localeOf(t));
  const most = formatWeight(Math.max(...weights), localeOf(t));
  const metrics = Object.values(plan.metrics)
    .map(({ title }) => title)
    .join(', ');
  if (plan.observeOnly) {
    return [
      t('start.storyObserves', { stable, most: most ?? '–' }),
      t('start.storyMeasured', { metrics }),
      ...baselineStory(t, plan),
    ];
  }
  return [
    first && most
      ? t('start.storyShare', { canary, stable, first, most })
      : t('start.storyNoShare', { canary, stable }),
    metrics
      ? t('start.storyWatched', { metrics, stable })
      : t('start.storyUnwatched', { stable }),
    ...baselineStory(t, plan),
  ];
}

/** Which metrics are compared with something else than the stable version of now. */
function baselineStory(t: Translate, { metrics }: Plan): string[] {
  return Object.values(metrics).flatMap(({ title, baseline }) =>
    baseline && baseline !== 'stable'
      ? [
          t('start.storyBaseline', {
            metric: title,
            baseline: describeBaseline(t, baseline),
          }),
        ]
      : [],
  );
}
