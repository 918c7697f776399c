import { DateTime } from 'luxon';

/** The day that a week of figures begins with; weeks begin in UTC. */
export function formatDay(iso: string, locale?: string): string {
  const day = DateTime.fromISO(iso, { zone: 'utc' });
  return day.isValid
    ? day.toLocaleString({ month: 'short', day: 'numeric' }, { locale })
    : iso;
}
