import { epochOf, formatDuration, formatExactInstant } from '../../format';
import { useNow } from '../../live';
import { localeOf, useCanaryTranslation } from '../../translation';

/** How long something has gone on, counting: `4 min, 10 sec`. */
export function Elapsed({ since }: { since: string }) {
  const { t } = useCanaryTranslation();
  const now = useNow();
  const at = epochOf(since);
  if (at === undefined) return <bdi>{since}</bdi>;
  return (
    <time dateTime={since} title={formatExactInstant(since)}>
      {formatDuration(now - at, localeOf(t))}
    </time>
  );
}
