import { lazy, Suspense, useMemo } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { Measurement } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { describeBaseline, Disclosure } from '../Words';
import { chartRows } from './chartRows';
import { chartSentence } from './chartSentence';
import { MeasurementTable } from './MeasurementTable';
import { MetricVerdict } from './MetricVerdict';
import { QueryText } from './QueryText';
import { marksWithin, StepMark } from './stepMarks';
import { thinOut } from './thinOut';
import { VerdictKey } from './VerdictKey';

// The chart library is heavy: a page without a chart does not load it.
const MetricChart = lazy(() =>
  import('./MetricChart').then(m => ({ default: m.MetricChart })),
);

const CHART_HEIGHT = 200;
/** More points than that lie on top of each other. */
const MOST_POINTS = 160;

const useStyles = makeStyles(theme => ({
  root: { minWidth: 0 },
  title: { overflowWrap: 'anywhere' },
  more: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 1) },
}));

/** A metric: its latest verdict with the rule, its chart, its query and its numbers. */
export function MetricPanel(props: {
  title: string;
  /** Of one metric, the oldest first. */
  measurements: readonly Measurement[];
  marks: readonly StepMark[];
}) {
  const { title, measurements, marks } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const latest = measurements.at(-1);
  const rows = useMemo(
    () => thinOut(chartRows(measurements), MOST_POINTS),
    [measurements],
  );
  const shown = useMemo(
    () => marksWithin(marks, rows[0]?.at ?? 0, rows.at(-1)?.at ?? 0),
    [marks, rows],
  );
  return (
    <section className={classes.root} aria-label={title}>
      <Typography variant="h6" component="h3" className={classes.title}>
        {title}
      </Typography>
      {!latest && (
        <Typography variant="body2" color="textSecondary">
          {t('metrics.notMeasured')}
        </Typography>
      )}
      {latest && (
        <>
          <MetricVerdict latest={latest} />
          <div role="img" aria-label={chartSentence(t, title, latest)}>
            <Suspense
              fallback={<Skeleton variant="rect" height={CHART_HEIGHT} />}
            >
              <MetricChart
                rows={rows}
                marks={shown}
                unit={latest.unit}
                stable={describeBaseline(t, latest.baseline)}
                height={CHART_HEIGHT}
              />
            </Suspense>
          </div>
          <VerdictKey verdicts={new Set(rows.map(each => each.verdict))} />
          <div className={classes.more}>
            <Disclosure
              show={t('metrics.showTable')}
              hide={t('metrics.hideTable')}
            >
              <MeasurementTable title={title} measurements={measurements} />
            </Disclosure>
            <Disclosure
              show={t('metrics.showQuery')}
              hide={t('metrics.hideQuery')}
            >
              <QueryText query={latest.query} />
            </Disclosure>
          </div>
        </>
      )}
    </section>
  );
}
