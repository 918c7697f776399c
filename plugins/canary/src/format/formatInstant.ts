import { DateTime } from 'luxon';

/** An instant in the reader's own zone; text that is no instant stays as it is. */
export function formatInstant(iso: string, locale?: string): string {
  const instant = DateTime.fromISO(iso);
  return instant.isValid
    ? instant.toLocaleString(DateTime.DATETIME_MED_WITH_SECONDS, { locale })
    : iso;
}

/** The same instant as exactly as it was given, in UTC, for a tooltip. */
export function formatExactInstant(iso: string): string {
  const instant = DateTime.fromISO(iso, { zone: 'utc' });
  return instant.isValid ? instant.toISO() ?? iso : iso;
}

/** Only the time of day, for the axis of a chart; takes epoch milliseconds. */
export function formatClock(epochMs: number, locale?: string): string {
  return DateTime.fromMillis(epochMs).toLocaleString(
    DateTime.TIME_WITH_SECONDS,
    { locale },
  );
}

/** Epoch milliseconds of an instant, or undefined when it is none. */
export function epochOf(iso: string | undefined): number | undefined {
  if (!iso) return undefined;
  const ms = DateTime.fromISO(iso).toMillis();
  return Number.isFinite(ms) ? ms : undefined;
}
