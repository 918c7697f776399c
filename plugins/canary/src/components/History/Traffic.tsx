import { Rollout } from 'backstage-plugin-canary-common';
import { formatDuration, formatWeight } from '../../format';
import { localeOf, useCanaryTranslation } from '../../translation';

/** How far a running rollout is, and how long the rest takes at best. */
export function Traffic({ rollout }: { rollout: Rollout }) {
  const { t } = useCanaryTranslation();
  const { step, weight, remaining } = rollout;
  const left = remaining && formatDuration(remaining.estimatedMs, localeOf(t));
  return (
    <>
      <div>
        {formatWeight(weight.observed, localeOf(t)) ?? t('value.unknown')}
      </div>
      {step.index < step.total && (
        <div>
          {t('history.step', {
            number: String(step.index + 1),
            total: String(step.total),
          })}
        </div>
      )}
      {left && (
        <div>
          {remaining.waitsForPeople
            ? t('history.leftAtLeast', { duration: left })
            : t('history.left', { duration: left })}
        </div>
      )}
    </>
  );
}
