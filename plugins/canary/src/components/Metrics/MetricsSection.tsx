import { useMemo } from 'react';
import { InfoCard } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Measurement, Rollout } from 'backstage-plugin-canary-common';
import { describeError } from '../../format';
import { isRunning, MOST_MEASUREMENTS } from '../../live';
import { Followed } from '../../live/useFollow';
import { useCanaryTranslation } from '../../translation';
import { byMetric } from './byMetric';
import { MetricPanel } from './MetricPanel';

const useStyles = makeStyles(theme => ({
  panels: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 26rem), 1fr))',
    gap: theme.spacing(4),
  },
}));

/** One panel for every metric of a rollout. */
export function MetricsSection(props: {
  rollout: Rollout;
  measurements: Followed<readonly Measurement[]>;
}) {
  const { rollout, measurements } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const groups = useMemo(
    () => byMetric(measurements.value),
    [measurements.value],
  );
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
      {measurements.loaded && groups.size === 0 && (
        <NoMeasurement rollout={rollout} />
      )}
      {measurements.value.length >= MOST_MEASUREMENTS && (
        <Typography color="textSecondary">
          {t('metrics.truncated', {
            number: String(MOST_MEASUREMENTS),
          })}
        </Typography>
      )}
      <div className={classes.panels}>
        {[...groups].map(([metric, group]) => (
          <MetricPanel
            key={metric}
            title={rollout.plan.metrics[metric]?.title ?? metric}
            measurements={group}
          />
        ))}
      </div>
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
