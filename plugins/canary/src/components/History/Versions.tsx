import { Rollout } from 'backstage-plugin-canary-common';
import { describeImages } from '../../format';
import { useCanaryTranslation } from '../../translation';
import { Clamped } from './Clamped';
import { describeVersions } from './describeVersions';

/** More containers than that stand in the details. */
const MOST_CONTAINERS = 3;

/** From which version to which, a line per container; whole images as a tooltip. */
export function Versions({ images }: Pick<Rollout, 'images'>) {
  const { t } = useCanaryTranslation();
  const changes = describeVersions(images);
  const none = t('history.noImage');
  if (changes.length === 0) return <>{t('history.noVersion')}</>;
  return (
    <span
      title={t('history.versionChange', {
        from: describeImages(images.stable) || none,
        to: describeImages(images.canary) || none,
      })}
    >
      {changes
        .slice(0, MOST_CONTAINERS)
        .map(({ container, from = none, to = none }) => (
          <Clamped key={container}>
            {changes.length > 1
              ? t('history.containerChange', { container, from, to })
              : t('history.versionChange', { from, to })}
          </Clamped>
        ))}
      {changes.length > MOST_CONTAINERS &&
        t('history.moreContainers', {
          count: changes.length - MOST_CONTAINERS,
        })}
    </span>
  );
}
