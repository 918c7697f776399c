import { formatDuration } from 'backstage-plugin-canary-node';

const UNITS_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  sec: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const PART = /(\d+(?:\.\d+)?)(ns|us|µs|ms|sec|s|min|m|h|d|w)/g;

/**
 * Milliseconds of a duration as Go, Prometheus and Graphite write it: `1h30m`,
 * `1.5h`, `1min`; a bare number is seconds. Undefined for everything else, and beyond a month.
 */
export function goDurationMs(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^\d{1,9}(\.\d+)?$/.test(trimmed)) {
    return withinMonth(Number(trimmed) * 1_000);
  }
  if (trimmed.length > 40 || trimmed.replace(PART, '') !== '') return undefined;
  const ms = [...trimmed.matchAll(PART)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * UNITS_MS[unit],
    0,
  );
  return trimmed ? withinMonth(ms) : undefined;
}

/** What lasts longer is a mistake. */
function withinMonth(ms: number): number | undefined {
  return ms <= 31 * UNITS_MS.d ? Math.round(ms) : undefined;
}

/** A duration as plans have it, no shorter than a second. */
export function writeDuration(ms: number): string {
  return formatDuration(Math.max(1_000, ms));
}
