const WORDS: Readonly<Record<string, string>> = { percent: '%' };
const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/**
 * A measured value with its unit, `0.42 %` or `1.5 MiB`, rounded to what a
 * person reads. Undefined for what is missing: absent, NaN or infinite.
 */
export function formatValue(
  value: number | null | undefined,
  unit: string,
): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  if (unit === 'bytes') return formatBytes(value);
  return `${formatNumber(value)} ${WORDS[unit] ?? unit}`.trimEnd();
}

/** A number with at most four figures that count, in the reader's language. */
export function formatNumber(value: number): string {
  return Math.abs(value) >= 1000
    ? Math.round(value).toLocaleString()
    : value.toLocaleString(undefined, { maximumSignificantDigits: 4 });
}

/** A share of traffic, `12.5 %`; undefined when it is no number. */
export function formatWeight(weight: number): string | undefined {
  return formatValue(weight, 'percent');
}

function formatBytes(value: number): string {
  const power = Math.min(
    BYTES.length - 1,
    Math.floor(Math.log2(Math.max(1, Math.abs(value))) / 10),
  );
  return `${formatNumber(value / 1024 ** power)} ${BYTES[power]}`;
}
