import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useCanaryTranslation } from '../../translation';
import { Disclosure } from '../shared';
import { ChartFrame } from './ChartFrame';
import { EvidenceVerdict } from './EvidenceVerdict';
import { lastEvidence, ratioLimit } from './lastEvidence';
import { MeasurementTable } from './MeasurementTable';
import { MetricStanding } from './metricStandings';
import { MetricVerdict } from './MetricVerdict';
import { QueryText } from './QueryText';
import { RatioFrame } from './RatioFrame';
import { StepMark } from './stepMarks';

const useStyles = makeStyles(theme => ({
  root: { minWidth: 0 },
  title: { overflowWrap: 'anywhere' },
  more: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 1) },
}));

/**
 * A metric: its latest verdict with the rule and what is known, its charts, its
 * query and its numbers.
 */
export function MetricPanel(props: {
  standing: MetricStanding;
  marks: readonly StepMark[];
}) {
  const { standing, marks } = props;
  const { title, definition, measurements } = standing;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const latest = measurements.at(-1);
  const known = lastEvidence(measurements);
  const limit = ratioLimit(definition);
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
          {known ? (
            <EvidenceVerdict {...{ title, latest, known, limit }} />
          ) : (
            <MetricVerdict latest={latest} />
          )}
          <ChartFrame {...{ title, measurements, marks }} />
          {known && <RatioFrame {...{ title, measurements, known, limit }} />}
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
