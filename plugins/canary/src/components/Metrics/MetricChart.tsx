import { useTheme } from '@material-ui/core/styles';
import {
  CartesianGrid,
  ComposedChart,
  DotItemDotProps,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatClock } from '../../format';
import { localeOf, useCanaryTranslation } from '../../translation';
import { ChartRange } from './chartRange';
import { ChartRow } from './chartRows';
import { ChartSpan } from './chartSpan';
import { ChartTooltip } from './ChartTooltip';
import { ConfidenceBand } from './ConfidenceBand';
import { AXIS_WIDTH, FONT_SIZE, lineStyles } from './lineStyles';
import { StepMark } from './stepMarks';
import { tickWords } from './tickWords';
import { pointColors, VerdictPoint } from './VerdictPoint';

/** From so many points on, discs hide the line; what did not pass keeps its shape. */
const MOST_DISCS = 60;

/**
 * Canary and stable over time with the limits between which the canary passes,
 * the band in which its true value lies, and the changes of its weight.
 */
export function MetricChart(props: {
  rows: readonly ChartRow[];
  span: ChartSpan;
  range: ChartRange;
  /** Changes of the weight within the span, as lines across the chart. */
  marks: readonly StepMark[];
  unit: string;
  /** Heading of the stable's values. */
  stable: string;
  /** Pixels. */
  height: number;
}) {
  const { rows, span, range, marks, unit, stable, height } = props;
  const theme = useTheme();
  const { t } = useCanaryTranslation();
  const locale = localeOf(t);
  const { text, divider } = theme.palette;
  const styles = lineStyles(theme);
  const colors = pointColors(theme);
  const data = rows.map(row => ({
    ...row,
    missing: row.canary === null ? range.from : null,
  }));
  const axis = {
    stroke: text.secondary,
    tick: { fill: text.secondary, fontSize: FONT_SIZE },
  };
  const words = tickWords(range, locale);
  const line = { dot: false, connectNulls: false, isAnimationActive: false };
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
          domain={[span.from, span.to]}
          tickFormatter={at => formatClock(at, locale)}
          minTickGap={48}
          {...axis}
        />
        <YAxis
          width={AXIS_WIDTH}
          domain={[range.from, range.to]}
          ticks={[...range.ticks]}
          tickFormatter={(_, index) => words[index] ?? ''}
          interval={0}
          {...axis}
        />
        <Tooltip content={<ChartTooltip unit={unit} stable={stable} />} />
        {marks.map(({ at, label }, index) => (
          <ReferenceLine
            // Two changes may fall on one instant.
            key={`${at} ${index}`}
            x={at}
            {...styles.mark}
            label={{
              value: label,
              position: 'top',
              fill: text.secondary,
              fontSize: FONT_SIZE,
            }}
          />
        ))}
        {rows.some(({ band }) => band !== null) && (
          <ConfidenceBand
            points={rows.map(({ at, band }) => ({ at, interval: band }))}
            range={range}
            color={styles.canary.stroke}
          />
        )}
        <Line {...line} {...styles.limit} type="stepAfter" dataKey="max" />
        <Line {...line} {...styles.limit} type="stepAfter" dataKey="min" />
        <Line
          {...line}
          {...styles.stable}
          dataKey="stable"
          // Recharts would give a single point the dashes of its line.
          dot={rows.length === 1 && { r: 2, strokeDasharray: '0' }}
        />
        <Line {...line} {...styles.canary} dataKey="canary" dot={point} />
        <Line {...line} stroke="none" dataKey="missing" dot={point} />
      </ComposedChart>
    </ResponsiveContainer>
  );

  function point({ key, cx, cy, index, payload }: DotItemDotProps) {
    const { verdict, canary } = payload as ChartRow;
    const isPlain =
      verdict === 'Pass' && canary !== null && !isAlone(rows, index);
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

/** Between two gaps there is no line: only its disc shows the point. */
function isAlone(rows: readonly ChartRow[], index: number): boolean {
  const isGap = (row: ChartRow | undefined) => !row || row.canary === null;
  return isGap(rows[index - 1]) && isGap(rows[index + 1]);
}
