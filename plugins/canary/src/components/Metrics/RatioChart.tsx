import { useTheme } from '@material-ui/core/styles';
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatClock } from '../../format';
import { localeOf, useCanaryTranslation } from '../../translation';
import { ChartSpan } from './chartSpan';
import { ConfidenceBand } from './ConfidenceBand';
import { figures } from './evidenceWords';
import { AXIS_WIDTH, FONT_SIZE, lineStyles } from './lineStyles';
import { RatioRange } from './ratioRange';
import { RatioRow } from './ratioRows';
import { RatioTooltip } from './RatioTooltip';

/**
 * Canary : stable look by look: the best estimate and the confidence sequence
 * that closes in, against "the same" and the limit. Twice and half are equally
 * far from the same.
 */
export function RatioChart(props: {
  rows: readonly RatioRow[];
  span: ChartSpan;
  range: RatioRange;
  /** The ratio below which the canary is good enough. */
  limit: number | undefined;
  /** Pixels. */
  height: number;
}) {
  const { rows, span, range, limit, height } = props;
  const theme = useTheme();
  const { t } = useCanaryTranslation();
  const { text, divider } = theme.palette;
  const styles = lineStyles(theme);
  const axis = {
    stroke: text.secondary,
    tick: { fill: text.secondary, fontSize: FONT_SIZE },
  };
  return (
    <ResponsiveContainer width="100%" height={height}>
      <ComposedChart
        data={[...rows]}
        margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid stroke={divider} vertical={false} />
        <XAxis
          dataKey="at"
          type="number"
          scale="time"
          domain={[span.from, span.to]}
          tickFormatter={at => formatClock(at, localeOf(t))}
          minTickGap={48}
          {...axis}
        />
        <YAxis
          width={AXIS_WIDTH}
          scale="log"
          allowDataOverflow
          domain={[range.from, range.to]}
          ticks={[...range.ticks]}
          tickFormatter={value => `${figures(t, value)}×`}
          interval={0}
          {...axis}
        />
        <Tooltip content={<RatioTooltip />} />
        <ConfidenceBand
          points={rows}
          range={range}
          color={styles.canary.stroke}
        />
        <ReferenceLine y={1} {...styles.stable} />
        {limit !== undefined && <ReferenceLine y={limit} {...styles.limit} />}
        <Line
          {...styles.canary}
          dataKey="ratio"
          dot={rows.length === 1}
          connectNulls={false}
          isAnimationActive={false}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}
