/** What a chart shows of time, in epoch milliseconds. */
export interface ChartSpan {
  readonly from: number;
  readonly to: number;
}

/** A lonely point needs some time around it. */
const LEAST_MS = 60_000;

/** The time of the points, which come in its order. */
export function chartSpan(
  points: readonly { readonly at: number }[],
): ChartSpan {
  const from = points[0]?.at ?? 0;
  const to = points[points.length - 1]?.at ?? 0;
  return to > from
    ? { from, to }
    : { from: from - LEAST_MS / 2, to: to + LEAST_MS / 2 };
}
