import { lazy, Suspense, useMemo } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { Measurement } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { describeBaseline, LongText } from '../shared';
import { ChartKey } from './ChartKey';
import { chartRange } from './chartRange';
import { chartRows } from './chartRows';
import { chartSentence } from './chartSentence';
import { chartSpan } from './chartSpan';
import { marksWithin, StepMark } from './stepMarks';
import { thinOut } from './thinOut';

// The chart library is heavy: a page without a chart does not load it.
const MetricChart = lazy(() =>
  import('./MetricChart').then(m => ({ default: m.MetricChart })),
);

const HEIGHT = 180;
/** More points than that lie on top of each other. */
const MOST_POINTS = 160;

const useStyles = makeStyles(theme => ({
  unit: {
    marginTop: theme.spacing(1),
    color: theme.palette.text.secondary,
    fontSize: '0.75rem',
    minHeight: '1rem',
  },
}));

/** The values of a metric as a chart, and as a sentence for who does not see it. */
export function ChartFrame(props: {
  title: string;
  /** At least one, the oldest first. */
  measurements: readonly Measurement[];
  marks: readonly StepMark[];
}) {
  const { title, measurements, marks } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const latest = measurements[measurements.length - 1];
  const rows = useMemo(
    () => thinOut(chartRows(measurements), MOST_POINTS),
    [measurements],
  );
  const range = chartRange(rows, latest.unit);
  const span = chartSpan(rows);
  const stable = describeBaseline(t, latest.baseline);
  return (
    <>
      <div role="img" aria-label={chartSentence(t, title, latest)}>
        <div className={classes.unit}>
          <LongText>{range.scale.word}</LongText>
        </div>
        <Suspense fallback={<Skeleton variant="rect" height={HEIGHT} />}>
          <MetricChart
            rows={rows}
            span={span}
            range={range}
            marks={marksWithin(marks, span.from, span.to)}
            unit={latest.unit}
            stable={stable}
            height={HEIGHT}
          />
        </Suspense>
      </div>
      <ChartKey rows={rows} range={range} stable={stable} />
    </>
  );
}
