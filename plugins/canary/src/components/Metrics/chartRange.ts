import { UnitScale, unitScale } from '../../format';
import { ChartRow } from './chartRows';

/** What a chart shows of values, in their own unit, and how its axis is written. */
export interface ChartRange {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  /** Serves every tick, so that an axis speaks one unit. */
  readonly scale: UnitScale;
}

const STEPS = 4;

/**
 * Room for the values and their limits. It begins at zero, but for values that
 * are close to each other and far from it, such as an availability: of those
 * the difference would not be seen. A band is shown as far as it leaves the
 * values more than half of the height; early ones are endless.
 */
export function chartRange(
  rows: readonly ChartRow[],
  unit: string,
): ChartRange {
  const values = rows.flatMap(({ canary, stable, max, min }) =>
    [canary, stable, max, min].filter(isNumber),
  );
  if (values.length === 0) return axis(0, 1, unit);
  const low = smallest(values);
  const high = largest(values);
  const isFar = low > 0 && high > low && low > 0.7 * high;
  const base = isFar ? low : Math.min(0, low);
  const height = high - base || Math.abs(high) || 1;
  const bandBase = smallest([
    base,
    ...rows.map(({ band }) => band?.lower ?? base),
  ]);
  const bandTop = largest([
    high,
    ...rows.map(({ band }) => band?.upper ?? high),
  ]);
  return axis(
    isFar || base < 0
      ? Math.max(bandBase, base - height * 0.4) - height * 0.06
      : base,
    Math.min(bandTop, high + height * 0.8) + height * 0.06,
    unit,
  );
}

function axis(low: number, high: number, unit: string): ChartRange {
  const scale = unitScale(unit, Math.max(Math.abs(low), Math.abs(high)));
  const step = niceStep(((high - low) * scale.factor) / STEPS);
  const first = Math.floor((low * scale.factor) / step);
  const last = Math.ceil((high * scale.factor) / step);
  const ticks = Array.from(
    { length: last - first + 1 },
    (_, n) => Number(((first + n) * step).toPrecision(12)) / scale.factor,
  );
  return { from: ticks[0], to: ticks[ticks.length - 1], ticks, scale };
}

/** The next of 1, 2, 2.5, 5 and 10 times a power of ten. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const nice = [1, 2, 2.5, 5].find(each => each * power >= rough * 0.999) ?? 10;
  return nice * power;
}

function isNumber(value: number | null): value is number {
  return value !== null;
}

// Spread arguments have a limit, a series has none.
function smallest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b));
}

function largest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b));
}
