import { Rollout } from 'backstage-plugin-canary-common';
import { formatDuration } from '../../format';
import { localeOf, useCanaryTranslation } from '../../translation';

/** What is left when all goes well, and whether people may make it longer. */
export function TimeLeft(props: {
  remaining: NonNullable<Rollout['remaining']>;
}) {
  const { t } = useCanaryTranslation();
  const { remaining } = props;
  if (!Number.isFinite(remaining.estimatedMs)) {
    return <>{t('value.unknown')}</>;
  }
  const duration = formatDuration(remaining.estimatedMs, localeOf(t));
  const short = remaining.estimatedMs < 1000;
  if (remaining.waitsForPeople) {
    return (
      <>
        {short
          ? t('facts.leftPeopleOnly')
          : t('facts.leftAtLeast', { duration })}
      </>
    );
  }
  return (
    <>{short ? t('facts.leftMoment') : t('facts.leftAbout', { duration })}</>
  );
}
