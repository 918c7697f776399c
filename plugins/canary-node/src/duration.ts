import { z } from 'zod';

const UNITS_MS = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
} as const;

/** Parts from the largest unit to the smallest, each at most once: `1h30m`. */
const DURATION =
  /^(?:(?<d>\d{1,6})d)?(?:(?<h>\d{1,6})h)?(?:(?<m>\d{1,6})m(?!s))?(?:(?<s>\d{1,6})s)?(?:(?<ms>\d{1,9})ms)?$/;

/**
 * Milliseconds of a duration as people write it in YAML: `30s`, `10m`,
 * `1h30m`, `500ms`, `2d`. Undefined for everything else, a bare number
 * included: nobody can tell seconds from minutes there.
 *
 * @public
 */
export function parseDuration(text: string): number | undefined {
  const parts = text ? DURATION.exec(text)?.groups : undefined;
  if (!parts) return undefined;
  return Object.entries(UNITS_MS).reduce(
    (sum, [unit, ms]) => sum + Number(parts[unit] ?? 0) * ms,
    0,
  );
}

/**
 * A duration for people, in the form that `parseDuration` reads: `1h30m`.
 *
 * @public
 */
export function formatDuration(durationMs: number): string {
  let rest = Math.max(0, Math.round(durationMs));
  const parts = Object.entries(UNITS_MS).flatMap(([unit, ms]) => {
    const count = Math.floor(rest / ms);
    rest -= count * ms;
    return count > 0 ? [`${count}${unit}`] : [];
  });
  return parts.join('') || '0s';
}

/**
 * Schema of a duration in a plan or a configuration: reads `30s`, gives ms.
 *
 * @public
 */
export const durationMs: z.ZodType<number, string> = z
  .string()
  .transform((text, context) => {
    const parsed = parseDuration(text);
    if (parsed !== undefined) return parsed;
    context.addIssue({
      code: 'custom',
      message: `"${text.slice(
        0,
        40,
      )}" is not a duration; write it like 30s, 10m or 1h30m`,
    });
    return z.NEVER;
  });
