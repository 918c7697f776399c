import { formatExactInstant, formatInstant } from '../../format';

/** A point in time in the reader's zone; the exact one as a tooltip. */
export function Instant({ iso }: { iso: string }) {
  return (
    <time dateTime={iso} title={formatExactInstant(iso)}>
      {formatInstant(iso)}
    </time>
  );
}
