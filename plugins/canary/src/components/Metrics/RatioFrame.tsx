import { lazy, Suspense, useMemo } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { Measurement } from 'backstage-plugin-canary-common';
import { formatValue } from '../../format';
import { localeOf, useCanaryTranslation } from '../../translation';
import { chartRows } from './chartRows';
import { chartSpan } from './chartSpan';
import { EvidencedMeasurement, evidenceWords } from './evidenceWords';
import { RatioKey } from './RatioKey';
import { ratioRange } from './ratioRange';
import { ratioRows } from './ratioRows';
import { thinOut } from './thinOut';

const RatioChart = lazy(() =>
  import('./RatioChart').then(m => ({ default: m.RatioChart })),
);

const HEIGHT = 150;
const MOST_POINTS = 160;

const useStyles = makeStyles(theme => ({
  root: { margin: theme.spacing(2, 0, 0) },
  title: { overflowWrap: 'anywhere' },
}));

/** How the knowledge of canary : stable closes in, as a chart and as a sentence. */
export function RatioFrame(props: {
  title: string;
  /** Of one metric, the oldest first. */
  measurements: readonly Measurement[];
  /** The newest of them with evidence. */
  known: EvidencedMeasurement;
  limit: number | undefined;
}) {
  const { title, measurements, known, limit } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const rows = useMemo(
    () => thinOut(ratioRows(measurements), MOST_POINTS),
    [measurements],
  );
  // The same time as the chart of the values above it.
  const span = useMemo(
    () => chartSpan(chartRows(measurements)),
    [measurements],
  );
  const range = ratioRange(rows, limit);
  const bound = formatValue(known.evidence.bound, known.unit, localeOf(t));
  return (
    <figure className={classes.root}>
      <figcaption className={classes.title}>
        {bound
          ? t('evidence.ratioSlowerTitle', { bound })
          : t('evidence.ratioTitle')}
      </figcaption>
      <div
        role="img"
        aria-label={t('evidence.ratioLabel', {
          metric: title,
          known: evidenceWords(t, known, title, limit).known,
        })}
      >
        <Suspense fallback={<Skeleton variant="rect" height={HEIGHT} />}>
          <RatioChart
            rows={rows}
            span={span}
            range={range}
            limit={limit}
            height={HEIGHT}
          />
        </Suspense>
      </div>
      <RatioKey {...{ rows, range, limit }} />
    </figure>
  );
}
