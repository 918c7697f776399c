import { Endpoint, sourceError } from '../sources/boundedFetch';

/** How the points of a window become one number. */
const REDUCTIONS: Readonly<
  Record<string, (points: readonly number[]) => number>
> = {
  avg: points => total(points) / points.length,
  last: points => points[points.length - 1],
  max: points => Math.max(...points),
  min: points => Math.min(...points),
  sum: total,
};

/**
 * Parts a query from what stands behind its last `#`: `avg`, the default,
 * `last`, `max`, `min` or `sum`. `reduce` takes one point at least, oldest first.
 */
export function splitReduction(
  endpoint: Endpoint,
  query: string,
): {
  readonly text: string;
  readonly reduce: (points: readonly number[]) => number;
} {
  const [, text, name = 'avg'] = /^(.*?)(?:#\s*(\w+)\s*)?$/s.exec(query)!;
  if (Object.hasOwn(REDUCTIONS, name)) {
    return { text: text.trim(), reduce: REDUCTIONS[name] };
  }
  const known = Object.keys(REDUCTIONS).join(', ');
  throw sourceError(
    endpoint,
    `cannot be asked: "#${name}" is unknown; use one of ${known}`,
  );
}

function total(points: readonly number[]): number {
  return points.reduce((sum, point) => sum + point, 0);
}
