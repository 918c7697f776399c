import { lazy, Suspense, useId, useMemo, useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { Measurement } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { VerdictLabel } from '../Words';
import { chartRows } from './chartRows';
import { chartSentence } from './chartSentence';
import { MeasurementTable } from './MeasurementTable';
import { VerdictKey } from './VerdictKey';

// The chart library is heavy: a page without a chart does not load it.
const MetricChart = lazy(() =>
  import('./MetricChart').then(m => ({ default: m.MetricChart })),
);

const CHART_HEIGHT = 240;

const useStyles = makeStyles(theme => ({
  root: { minWidth: 0 },
  verdict: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(1.5),
    overflowWrap: 'anywhere',
  },
  message: { color: theme.palette.text.secondary, overflowWrap: 'anywhere' },
}));

/** A metric: its latest verdict with the rule, its chart, and its numbers. */
export function MetricPanel(props: {
  title: string;
  /** Of one metric, the oldest first; at least one. */
  measurements: readonly Measurement[];
}) {
  const { title, measurements } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const [open, setOpen] = useState(false);
  const tableId = useId();
  const latest = measurements[measurements.length - 1];
  const verdicts = new Set(measurements.map(each => each.verdict));
  const rows = useMemo(() => chartRows(measurements), [measurements]);
  return (
    <section className={classes.root} aria-label={title}>
      <Typography variant="h6" component="h3">
        {title}
      </Typography>
      <div className={classes.verdict}>
        <VerdictLabel verdict={latest.verdict} />
        <span>{latest.rule}</span>
      </div>
      {latest.message && (
        <div className={classes.message}>{latest.message}</div>
      )}
      <div role="img" aria-label={chartSentence(t, title, latest)}>
        <Suspense fallback={<Skeleton variant="rect" height={CHART_HEIGHT} />}>
          <MetricChart rows={rows} unit={latest.unit} height={CHART_HEIGHT} />
        </Suspense>
      </div>
      <VerdictKey verdicts={verdicts} />
      <Button
        size="small"
        aria-expanded={open}
        aria-controls={tableId}
        onClick={() => setOpen(!open)}
      >
        {open ? t('metrics.hideTable') : t('metrics.showTable')}
      </Button>
      <div id={tableId}>
        {open && <MeasurementTable title={title} measurements={measurements} />}
      </div>
    </section>
  );
}
