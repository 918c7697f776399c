import { Duration } from 'luxon';

const UNITS = ['days', 'hours', 'minutes', 'seconds'] as const;

/**
 * A length of time in words, its two largest units: `1 hr, 30 min`.
 * Less than a second reads as `0 sec`; what is no number reads as a dash.
 */
export function formatDuration(ms: number, locale?: string): string {
  if (!Number.isFinite(ms)) return '–';
  const whole = Duration.fromMillis(Math.max(0, Math.round(ms / 1000)) * 1000)
    .shiftTo(...UNITS)
    .toObject();
  const largest = UNITS.filter(unit => whole[unit]).slice(0, 2);
  const shown = largest.length > 0 ? largest : (['seconds'] as const);
  return Duration.fromObject(
    Object.fromEntries(shown.map(unit => [unit, whole[unit] ?? 0])),
    { locale },
  ).toHuman({ unitDisplay: 'short' });
}
