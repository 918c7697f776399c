import { formatNumber } from './formatNumber';
import { unitScale } from './unitScale';

/**
 * A measured value with its unit, `0.42 %` or `1.5 MiB`, rounded to what a
 * person reads. Undefined for what is missing: absent, NaN or infinite.
 */
export function formatValue(
  value: number | null | undefined,
  unit: string,
  locale?: string,
): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  const { factor, word } = unitScale(unit, value);
  const options = unit === 'percent' ? nines(value) : {};
  return `${formatNumber(value * factor, locale, options)} ${word}`.trimEnd();
}

/** A share of traffic, `12.5 %`; undefined when it is no number. */
export function formatWeight(
  weight: number,
  locale?: string,
): string | undefined {
  return formatValue(weight, 'percent', locale);
}

/** Close to 100 % what counts is what is lacking: `99.9991 %` is not `100 %`. */
function nines(value: number): Intl.NumberFormatOptions {
  const lacking = 100 - value;
  if (!(lacking > 0 && lacking < 1)) return {};
  const digits = Math.ceil(-Math.log10(lacking)) + 1;
  return {
    maximumSignificantDigits: undefined,
    maximumFractionDigits: Math.min(8, digits),
  };
}
