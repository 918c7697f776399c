import { useTheme } from '@material-ui/core/styles';
import {
  CartesianGrid,
  DotItemDotProps,
  Legend,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatClock, formatValue } from '../../format';
import { useCanaryTranslation } from '../../translation';
import { ChartRow } from './chartRows';
import { ChartTooltip } from './ChartTooltip';
import { pointColors, VerdictPoint } from './VerdictPoint';

/** Canary and stable over time with the limits between which the canary passes. */
export function MetricChart(props: {
  rows: readonly ChartRow[];
  unit: string;
  /** Pixels. */
  height: number;
}) {
  const { rows, unit, height } = props;
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
      <LineChart
        data={data}
        margin={{ top: 12, right: 16, bottom: 0, left: 0 }}
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
        <Tooltip content={<ChartTooltip unit={unit} />} />
        <Legend
          formatter={name => (
            <span style={{ color: text.primary }}>{name}</span>
          )}
        />
        {rows.some(row => row.max !== null) && (
          <Line {...limit} dataKey="max" name={t('metrics.seriesMax')} />
        )}
        {rows.some(row => row.min !== null) && (
          <Line {...limit} dataKey="min" name={t('metrics.seriesMin')} />
        )}
        <Line
          dataKey="stable"
          name={t('metrics.seriesStable')}
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
      </LineChart>
    </ResponsiveContainer>
  );

  function point({ key, cx, cy, payload }: DotItemDotProps) {
    if (typeof cx !== 'number' || typeof cy !== 'number')
      return <g key={key} />;
    return (
      <VerdictPoint
        key={key}
        cx={cx}
        cy={cy}
        verdict={payload.verdict}
        colors={colors}
      />
    );
  }
}

function valuesOf(row: ChartRow): number[] {
  return [row.canary, row.stable, row.min, row.max].filter(
    (value): value is number => value !== null,
  );
}
