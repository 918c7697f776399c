import { formatNumber } from '../../format';
import { ChartRange } from './chartRange';

/**
 * The numbers of a value axis without their unit, each with as many figures as
 * tell it from its neighbour: `99.925` and `99.95`, not `99.93` and `99.95`.
 */
export function tickWords(
  { ticks, scale }: ChartRange,
  locale: string | undefined,
): readonly string[] {
  const shown = ticks.map(tick =>
    Number((tick * scale.factor).toPrecision(12)),
  );
  const largest = Math.max(...shown.map(Math.abs));
  const step = shown.length > 1 ? shown[1] - shown[0] : largest;
  const figures = Math.ceil(Math.log10(largest / step)) + 2;
  return shown.map(number =>
    formatNumber(number, locale, {
      maximumFractionDigits: undefined,
      maximumSignificantDigits: Math.min(15, Math.max(3, figures || 3)),
    }),
  );
}
