import { useTheme } from '@material-ui/core/styles';
import { Bar, BarChart, ResponsiveContainer, Tooltip, YAxis } from 'recharts';
import { WeekTooltip } from './WeekTooltip';
import { FigureWeek } from './figureTiles';

/** A bar per week; a week without data has none, a zero is a line. */
export function WeekBars(props: {
  weeks: readonly FigureWeek[];
  /** Pixels. */
  height: number;
}) {
  const { weeks, height } = props;
  const { palette } = useTheme();
  const color =
    palette.type === 'dark' ? palette.primary.light : palette.primary.main;
  return (
    <ResponsiveContainer width="100%" height={height}>
      <BarChart
        data={[...weeks]}
        margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        {/* Where all is zero, the zeros still lie on the ground. */}
        <YAxis hide domain={[0, greatest => Math.max(greatest, 1e-9)]} />
        <Tooltip
          content={<WeekTooltip />}
          cursor={{ fill: palette.action.hover }}
          isAnimationActive={false}
        />
        <Bar
          dataKey="value"
          fill={color}
          maxBarSize={28}
          minPointSize={2}
          isAnimationActive={false}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}
