import { formatExactInstant, formatInstant } from '../../format';
import { localeOf, useCanaryTranslation } from '../../translation';

/** A point in time in the reader's zone; the exact one as a tooltip. */
export function Instant({ iso }: { iso: string }) {
  const { t } = useCanaryTranslation();
  return (
    <time dateTime={iso} title={formatExactInstant(iso)}>
      {formatInstant(iso, localeOf(t))}
    </time>
  );
}
