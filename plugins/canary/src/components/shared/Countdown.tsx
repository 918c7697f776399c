import { epochOf, formatDuration, formatExactInstant } from '../../format';
import { useNow } from '../../live';
import { localeOf, useCanaryTranslation } from '../../translation';

/** Time left until something is due; what is overdue is due any moment. */
export function Countdown({ until }: { until: string }) {
  const { t } = useCanaryTranslation();
  const now = useNow();
  const at = epochOf(until);
  if (at === undefined) return <span>{until}</span>;

  const left = at - now;
  return (
    <time dateTime={until} title={formatExactInstant(until)}>
      {left < 1000
        ? t('time.overdue')
        : t('time.in', { duration: formatDuration(left, localeOf(t)) })}
    </time>
  );
}
