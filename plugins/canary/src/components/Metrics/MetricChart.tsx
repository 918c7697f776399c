import { useTheme } from '@material-ui/core/styles';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  DotItemDotProps,
  Legend,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatClock, formatValue } from '../../format';
import { useCanaryTranslation } from '../../translation';
import { ChartRow } from './chartRows';
import { ChartTooltip } from './ChartTooltip';
import { StepMark } from './stepMarks';
import { pointColors, VerdictPoint } from './VerdictPoint';

/** From so many points on, discs hide the line; what did not pass keeps its shape. */
const MOST_DISCS = 60;

/**
 * Canary and stable over time with the limits between which the canary passes,
 * the band in which its true value lies, and the changes of its weight.
 */
export function MetricChart(props: {
  rows: readonly ChartRow[];
  /** Changes of the weight, as lines across the chart. */
  marks: readonly StepMark[];
  unit: string;
  /** Heading of the stable's values. */
  stable: string;
  /** Pixels. */
  height: number;
}) {
  const { rows, marks, unit, stable, height } = props;
  const theme = useTheme();
  const { t } = useCanaryTranslation();
  const { text, divider, primary, type } = theme.palette;
  const canaryColor = type === 'dark' ? primary.light : primary.main;
  const colors = pointColors(theme);
  const floor = Math.min(0, ...rows.flatMap(valuesOf));
  const data = rows.map(row => ({
    ...row,
    missing: row.canary === null ? floor : null,
  }));
  const limit = {
    type: 'stepAfter' as const,
    stroke: colors.bad,
    strokeDasharray: '7 4',
    strokeWidth: 1.5,
    dot: false,
    isAnimationActive: false,
  };
  return (
    <ResponsiveContainer width="100%" height={height}>
      <ComposedChart
        data={data}
        margin={{ top: 20, right: 16, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid stroke={divider} vertical={false} />
        <XAxis
          dataKey="at"
          type="number"
          scale="time"
          domain={['dataMin', 'dataMax']}
          tickFormatter={formatClock}
          stroke={text.secondary}
          tick={{ fill: text.secondary, fontSize: 12 }}
          minTickGap={48}
        />
        <YAxis
          width={72}
          domain={[floor, 'auto']}
          tickFormatter={value => formatValue(value, unit) ?? ''}
          stroke={text.secondary}
          tick={{ fill: text.secondary, fontSize: 12 }}
        />
        <Tooltip content={<ChartTooltip unit={unit} stable={stable} />} />
        <Legend
          formatter={name => (
            <span style={{ color: text.primary }}>{name}</span>
          )}
        />
        {marks.map(({ at, label }, index) => (
          <ReferenceLine
            // Two changes may fall on one instant.
            key={`${at} ${index}`}
            x={at}
            stroke={text.secondary}
            strokeDasharray="1 3"
            label={{
              value: label,
              position: 'top',
              fill: text.secondary,
              fontSize: 12,
            }}
          />
        ))}
        {rows.some(row => row.band !== null) && (
          <Area
            dataKey="band"
            name={t('metrics.seriesBand')}
            stroke="none"
            fill={canaryColor}
            fillOpacity={0.2}
            connectNulls={false}
            isAnimationActive={false}
          />
        )}
        {rows.some(row => row.max !== null) && (
          <Line {...limit} dataKey="max" name={t('metrics.seriesMax')} />
        )}
        {rows.some(row => row.min !== null) && (
          <Line {...limit} dataKey="min" name={t('metrics.seriesMin')} />
        )}
        <Line
          dataKey="stable"
          name={stable}
          stroke={text.secondary}
          strokeWidth={2}
          strokeDasharray="2 3"
          dot={false}
          connectNulls={false}
          isAnimationActive={false}
        />
        <Line
          dataKey="canary"
          name={t('metrics.seriesCanary')}
          stroke={canaryColor}
          strokeWidth={2}
          dot={point}
          connectNulls={false}
          isAnimationActive={false}
        />
        {rows.some(row => row.canary === null) && (
          <Line
            dataKey="missing"
            name={t('metrics.seriesMissing')}
            stroke="none"
            legendType="none"
            dot={point}
            connectNulls={false}
            isAnimationActive={false}
          />
        )}
      </ComposedChart>
    </ResponsiveContainer>
  );

  function point({ key, cx, cy, payload }: DotItemDotProps) {
    const { verdict, canary } = payload as ChartRow;
    const isPlain = verdict === 'Pass' && canary !== null;
    const isNowhere = typeof cx !== 'number' || typeof cy !== 'number';
    if (isNowhere || (isPlain && rows.length > MOST_DISCS)) {
      return <g key={key} />;
    }
    return (
      <VerdictPoint
        key={key}
        cx={cx}
        cy={cy}
        // Whatever was concluded from it: a value that is missing looks missing.
        verdict={canary === null && verdict === 'Pass' ? 'NoData' : verdict}
        colors={colors}
      />
    );
  }
}

function valuesOf(row: ChartRow): number[] {
  return [
    row.canary,
    row.stable,
    row.min,
    row.max,
    row.band?.[0] ?? null,
  ].filter((value): value is number => value !== null);
}
