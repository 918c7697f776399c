import { useId } from 'react';
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import { bandShape } from './bandShape';
import { Interval } from './interval';
import { bandOpacity } from './lineStyles';

/** Over so many pixels a band fades towards the edge of the plot. */
const FADE = 28;
/** Half of the width of an arrow, in pixels. */
const ARROW = 4;

/**
 * Where a true value lies, look by look. A known end has an edge; an end that
 * is open, or outside of what the chart shows, fades out under an arrow. To be
 * drawn inside a chart, whose scales it takes.
 */
export function ConfidenceBand(props: {
  points: readonly {
    readonly at: number;
    readonly interval: Interval | null;
  }[];
  /** What the value axis shows. */
  range: { readonly from: number; readonly to: number };
  color: string;
}) {
  const { points, range, color } = props;
  const fade = useId();
  const x = useXAxisScale();
  const y = useYAxisScale();
  const area = usePlotArea();
  if (!x || !y || !area) return null;

  const shape = bandShape(points, {
    ...range,
    x: at => x(at) ?? NaN,
    y: value => y(value) ?? NaN,
  });
  const [top, bottom] = [area.y, area.y + area.height];
  const share = Math.min(0.5, FADE / area.height);
  return (
    <g data-testid="confidence-band">
      <linearGradient
        id={fade}
        gradientUnits="userSpaceOnUse"
        x1={0}
        x2={0}
        y1={top}
        y2={bottom}
      >
        <stop offset={0} stopColor={color} stopOpacity={0} />
        <stop offset={share} stopColor={color} stopOpacity={bandOpacity} />
        <stop offset={1 - share} stopColor={color} stopOpacity={bandOpacity} />
        <stop offset={1} stopColor={color} stopOpacity={0} />
      </linearGradient>
      <path d={shape.area} fill={`url(#${fade})`} />
      <path d={shape.edges} stroke={color} strokeWidth={1} fill="none" />
      {shape.arrows.map(({ x: at, towards }) => (
        <path
          key={`${towards} ${at}`}
          d={
            towards === 'up'
              ? chevron(at, top + 2, ARROW)
              : chevron(at, bottom - 2, -ARROW)
          }
          stroke={color}
          strokeWidth={2}
          fill="none"
        />
      ))}
    </g>
  );
}

function chevron(x: number, tip: number, height: number): string {
  return `M${x - ARROW},${tip + height}l${ARROW},${-height}l${ARROW},${height}`;
}
