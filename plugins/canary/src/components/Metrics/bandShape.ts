import { Interval } from './interval';

/** The drawn part of a chart, in pixels; y grows downwards. */
export interface Plot {
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
  /** What the value axis shows. */
  readonly from: number;
  readonly to: number;
}

/** A band as SVG paths, and where it goes on beyond what is drawn. */
export interface BandShape {
  /** What the band covers, to the edge of the plot where it is open. */
  readonly area: string;
  /** Its known ends; nothing is drawn along an open one. */
  readonly edges: string;
  /** Ends that are open, or known but outside the plot. */
  readonly arrows: readonly {
    readonly x: number;
    readonly towards: 'up' | 'down';
  }[];
}

/** Whether an end of an interval is open or outside of what a chart shows. */
export function goesBeyond(
  interval: Interval | null,
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  if (!interval) return false;
  return (
    (interval.lower ?? -Infinity) < from || (interval.upper ?? Infinity) > to
  );
}

/** Arrows nearer to each other than this read as a line. Pixels. */
const BETWEEN_ARROWS = 22;

/** So wide is the band of a look without neighbours. Pixels. */
const LONELY = 6;

interface Look {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly endsAbove: boolean;
  readonly endsBelow: boolean;
}

/** The shape of a band over its points, which come in the order of time. */
export function bandShape(
  points: readonly {
    readonly at: number;
    readonly interval: Interval | null;
  }[],
  plot: Plot,
): BandShape {
  const runs = runsOf(points.map(point => lookOf(point, plot)));
  return {
    area: runs.map(areaOf).join(' '),
    edges: runs
      .flatMap(run => [edgeOf(run, 'top'), edgeOf(run, 'bottom')])
      .join(' ')
      .trim(),
    arrows: [...arrowsOf(runs.flat(), 'up'), ...arrowsOf(runs.flat(), 'down')],
  };
}

function lookOf(
  { at, interval }: { at: number; interval: Interval | null },
  { x, y, from, to }: Plot,
): Look | null {
  // What lies wholly beyond the plot has no part of it to cover.
  if (!interval || (interval.lower ?? from) > to) return null;
  if ((interval.upper ?? to) < from) return null;
  const { lower, upper } = interval;
  return {
    x: x(at),
    top: y(Math.min(upper ?? to, to)),
    bottom: y(Math.max(lower ?? from, from)),
    endsAbove: upper !== null && upper <= to,
    endsBelow: lower !== null && lower >= from,
  };
}

/** The looks between two gaps. */
function runsOf(looks: readonly (Look | null)[]): Look[][] {
  const runs: Look[][] = [];
  let open = false;
  for (const look of looks) {
    if (look && open) runs[runs.length - 1].push(look);
    else if (look) runs.push([look]);
    open = look !== null;
  }
  return runs.map(run => (run.length === 1 ? widened(run[0]) : run));
}

function widened(look: Look): Look[] {
  return [
    { ...look, x: look.x - LONELY / 2 },
    { ...look, x: look.x + LONELY / 2 },
  ];
}

function areaOf(run: readonly Look[]): string {
  const there = run.map(({ x, top }) => `${round(x)},${round(top)}`);
  const back = run.map(({ x, bottom }) => `${round(x)},${round(bottom)}`);
  return `M${[...there, ...back.reverse()].join('L')}Z`;
}

function edgeOf(run: readonly Look[], end: 'top' | 'bottom'): string {
  let drawing = false;
  return run
    .map(look => {
      const isKnown = end === 'top' ? look.endsAbove : look.endsBelow;
      const command = drawing ? 'L' : 'M';
      drawing = isKnown;
      return isKnown ? `${command}${round(look.x)},${round(look[end])}` : '';
    })
    .join('');
}

function arrowsOf(
  looks: readonly Look[],
  towards: 'up' | 'down',
): BandShape['arrows'] {
  let last = -Infinity;
  return looks.flatMap(({ x, endsAbove, endsBelow }) => {
    const isOpen = towards === 'up' ? !endsAbove : !endsBelow;
    if (!isOpen || x - last < BETWEEN_ARROWS) return [];
    last = x;
    return [{ x: round(x), towards }];
  });
}

/** A tenth of a pixel is as fine as it is seen. */
function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
