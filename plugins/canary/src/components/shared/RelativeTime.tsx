import { epochOf, formatDuration, formatExactInstant } from '../../format';
import { useNow } from '../../live';
import { localeOf, useCanaryTranslation } from '../../translation';

/** A point in time as seen from now, counting: `in 12 sec`, `3 min ago`. */
export function RelativeTime({ iso }: { iso: string }) {
  const { t } = useCanaryTranslation();
  const now = useNow();
  const at = epochOf(iso);
  if (at === undefined) return <span>{iso}</span>;

  const away = at - now;
  const duration = formatDuration(Math.abs(away), localeOf(t));
  const words =
    away >= 0 ? t('time.in', { duration }) : t('time.ago', { duration });
  return (
    <time dateTime={iso} title={formatExactInstant(iso)}>
      {Math.abs(away) < 1000 ? t('time.now') : words}
    </time>
  );
}
