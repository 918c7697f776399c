/** Kayenta's tolerance: absolute, so that data far below it is grid artefacts. */
const TOLERANCE = 1e-4;
const MAX_ITERATIONS = 1001;

/** One end of the search: a place and the function's value there. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * A zero of `f` between two points of opposite sign: Brent's method as in R's
 * `zeroin` (Brent 1973, chapter 4), with the tolerance and the order of steps
 * of Kayenta, because ranks make `f` a staircase and another solver stops on
 * another stair.
 */
export function brentRoot(
  f: (x: number) => number,
  low: Point,
  high: Point,
): number {
  if (low.y === 0) return low.x;
  if (high.y === 0) return high.x;

  let before = low;
  let best = high;
  // Always on the other side of zero than `best`.
  let opposite = low;
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const lastStep = best.x - before.x;
    if (Math.abs(opposite.y) < Math.abs(best.y)) {
      [before, best] = [best, opposite];
      opposite = before;
    }
    const tolerance = 2 * Number.EPSILON * Math.abs(best.x) + TOLERANCE / 2;
    const bisection = (opposite.x - best.x) / 2;
    if (Math.abs(bisection) <= tolerance || best.y === 0) return best.x;

    const mayInterpolate =
      Math.abs(lastStep) >= tolerance && Math.abs(before.y) > Math.abs(best.y);
    const wanted =
      (mayInterpolate &&
        interpolated(before, best, opposite, lastStep, tolerance)) ||
      bisection;
    const step =
      Math.abs(wanted) >= tolerance
        ? wanted
        : Math.sign(wanted || -1) * tolerance;

    before = best;
    const x = best.x + step;
    best = { x, y: f(x) };
    if (best.y * opposite.y > 0) opposite = before;
  }
  return best.x;
}

/** The secant's or the inverse parabola's step, where it stays well inside. */
function interpolated(
  before: Point,
  best: Point,
  opposite: Point,
  lastStep: number,
  tolerance: number,
): number | undefined {
  const width = opposite.x - best.x;
  let p: number;
  let q: number;
  if (before.x === opposite.x) {
    const ratio = best.y / before.y;
    p = width * ratio;
    q = 1 - ratio;
  } else {
    const a = before.y / opposite.y;
    const b = best.y / opposite.y;
    const c = best.y / before.y;
    p = c * (width * a * (a - b) - (best.x - before.x) * (b - 1));
    q = (a - 1) * (b - 1) * (c - 1);
  }
  if (p > 0) q = -q;
  else p = -p;
  const inside = 0.75 * width * q - Math.abs(tolerance * q) / 2;
  return p < inside && p < Math.abs((lastStep * q) / 2) ? p / q : undefined;
}
