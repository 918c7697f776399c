import { useMemo } from 'react';
import { InfoCard } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  Measurement,
  Rollout,
  RolloutEvent,
} from 'backstage-plugin-canary-common';
import { describeError } from '../../format';
import { isRunning, MOST_MEASUREMENTS } from '../../live';
import { Followed } from '../../live/useFollow';
import { useCanaryTranslation } from '../../translation';
import { JudgeAgain } from '../Rejudge';
import { MetricPanel } from './MetricPanel';
import { metricStandings } from './metricStandings';
import { SafetySentence } from './SafetySentence';
import { stepMarks } from './stepMarks';

const useStyles = makeStyles(theme => ({
  panels: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 24rem), 1fr))',
    gap: theme.spacing(4),
  },
}));

/** Is it safe: one panel for every metric of a rollout, the gravest first. */
export function MetricsSection(props: {
  rollout: Rollout;
  measurements: Followed<readonly Measurement[]>;
  events: Followed<readonly RolloutEvent[]>;
}) {
  const { rollout, measurements, events } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const standings = useMemo(
    () => metricStandings(rollout, measurements.value),
    [rollout, measurements.value],
  );
  const marks = useMemo(() => stepMarks(events.value), [events.value]);
  const measured = standings.some(each => each.measurements.length > 0);
  return (
    <InfoCard
      title={t('metrics.title')}
      titleTypographyProps={{ component: 'h2' }}
      subheader={t('metrics.subtitle')}
    >
      {measurements.error && (
        <Typography role="alert">
          {t('metrics.error', {
            message: describeError(measurements.error).message,
          })}
        </Typography>
      )}
      {measurements.loaded && !measured && <NoMeasurement rollout={rollout} />}
      {measurements.value.length >= MOST_MEASUREMENTS && (
        <Typography color="textSecondary">
          {t('metrics.truncated', {
            number: String(MOST_MEASUREMENTS),
          })}
        </Typography>
      )}
      {measured && (
        <>
          <SafetySentence standings={standings} />
          <JudgeAgain rollout={rollout} />
          <div className={classes.panels}>
            {standings.map(each => (
              <MetricPanel key={each.metric} standing={each} marks={marks} />
            ))}
          </div>
        </>
      )}
    </InfoCard>
  );
}

function NoMeasurement({ rollout }: { rollout: Rollout }) {
  const { t } = useCanaryTranslation();
  if (rollout.plan.analysis === 'none') {
    return <Typography>{t('metrics.notAnalysed')}</Typography>;
  }
  return (
    <Typography color="textSecondary">
      {isRunning(rollout) ? t('metrics.none') : t('metrics.noneEver')}
    </Typography>
  );
}
