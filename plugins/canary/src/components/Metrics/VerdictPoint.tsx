import { Theme } from '@material-ui/core/styles';
import { Verdict } from 'backstage-plugin-canary-common';
import { toneColor } from '../../icons';

const SIZE = 4;

/** The colours of the points in a theme. */
export function pointColors(theme: Theme) {
  return {
    good: toneColor(theme, 'good'),
    bad: toneColor(theme, 'bad'),
    warn: toneColor(theme, 'warn'),
    calm: toneColor(theme, 'calm'),
  };
}

/**
 * A point of a chart whose shape says the verdict: a disc passed, a cross
 * failed, a triangle is not decided yet, a square an error, a ring has no data.
 */
export function VerdictPoint(props: {
  cx: number;
  cy: number;
  verdict: Verdict;
  colors: ReturnType<typeof pointColors>;
}) {
  const { cx, cy, verdict, colors } = props;
  switch (verdict) {
    case 'Pass':
      return <circle cx={cx} cy={cy} r={SIZE - 1} fill={colors.good} />;
    case 'Fail':
      return (
        <path
          d={`M${cx - SIZE},${cy - SIZE} l${SIZE * 2},${SIZE * 2} m0,${
            -SIZE * 2
          } l${-SIZE * 2},${SIZE * 2}`}
          stroke={colors.bad}
          strokeWidth={2.5}
          fill="none"
        />
      );
    case 'Inconclusive':
      return (
        <path
          d={`M${cx},${cy - SIZE - 1} l${SIZE + 1},${SIZE * 2} h${
            -SIZE * 2 - 2
          } z`}
          fill={colors.calm}
        />
      );
    case 'Error':
      return (
        <rect
          x={cx - SIZE}
          y={cy - SIZE}
          width={SIZE * 2}
          height={SIZE * 2}
          fill={colors.warn}
        />
      );
    default:
      return (
        <circle
          cx={cx}
          cy={cy}
          r={SIZE}
          fill="none"
          stroke={colors.calm}
          strokeWidth={1.5}
        />
      );
  }
}
