import { RatioRow } from './ratioRows';

/** What a chart of ratios shows, on a scale of powers. */
export interface RatioRange {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

/** Beyond these a ratio says no more than "far away". */
const LEAST = 1 / 64;
const MOST = 64;

/** Room around the outermost number, so that its line is not on the edge. */
const ROOM = 1.25;

/** Ticks nearer to each other than the chart's height divided by this collide. */
const MOST_TICKS = 5;

/**
 * Room for "the same" and for the limit, and for all that is known since the
 * middle of the looks: early intervals are nearly endless, and showing them
 * whole would press together what they close in to.
 */
export function ratioRange(
  rows: readonly RatioRow[],
  limit: number | undefined,
): RatioRange {
  const late = rows.slice(Math.floor(rows.length / 2));
  const shown = [
    0.5,
    2,
    ...(limit === undefined ? [] : [limit]),
    ...late.flatMap(({ ratio, interval }) =>
      [ratio, interval?.lower, interval?.upper].filter(isNumber),
    ),
  ];
  const from = Math.max(LEAST, Math.min(...shown)) / ROOM;
  const to = Math.min(MOST, Math.max(...shown)) * ROOM;
  return { from, to, ticks: ticksBetween(from, to) };
}

/** 1 and its multiples by one factor to both sides, as many as have room. */
function ticksBetween(from: number, to: number): number[] {
  const factor =
    [2, 4, 8, 16].find(
      each => powersBetween(from, to, each).length <= MOST_TICKS,
    ) ?? 32;
  return powersBetween(from, to, factor);
}

function powersBetween(from: number, to: number, factor: number): number[] {
  const first = Math.ceil(Math.log(from) / Math.log(factor));
  const last = Math.floor(Math.log(to) / Math.log(factor));
  return Array.from(
    { length: last - first + 1 },
    (_, n) => factor ** (first + n),
  );
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number';
}
