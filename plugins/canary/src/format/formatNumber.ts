const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * A number with at most four figures that count, in the manner of a locale:
 * `0.4231`, `1,235`, `1.5M`, `3.2×10⁻⁹`. Takes finite numbers only; without a
 * locale the browser's is meant.
 */
export function formatNumber(
  value: number,
  locale: string | undefined,
  options: Intl.NumberFormatOptions = {},
): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-5)) {
    return formatPower(value, locale);
  }
  return value.toLocaleString(locale, { ...figures(size), ...options });
}

/**
 * A number of things, to the last one: `1,234,567`. Rounds, for what a metrics
 * server extrapolates has fractions. Undefined for what is missing.
 */
export function formatCount(
  value: number | null | undefined,
  locale?: string,
): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return Math.round(value).toLocaleString(locale);
}

function figures(size: number): Intl.NumberFormatOptions {
  // Rounding may carry a number over a border; each border takes it then.
  if (size >= 999_999.5) {
    return { notation: 'compact', maximumSignificantDigits: 4 };
  }
  return size >= 1000
    ? { maximumFractionDigits: 0 }
    : { maximumSignificantDigits: 4 };
}

function formatPower(value: number, locale: string | undefined): string {
  const [mantissa, exponent] = value.toExponential(2).split('e');
  const number = Number(mantissa).toLocaleString(locale);
  const power = exponent
    .replace('+', '')
    .replace('-', '⁻')
    .replace(/\d/g, digit => SUPERSCRIPTS[Number(digit)]);
  return `${number}×10${power}`;
}
