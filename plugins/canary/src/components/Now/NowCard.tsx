import { ReactNode } from 'react';
import { InfoCard } from '@backstage/core-components';
import Grid from '@material-ui/core/Grid';
import { makeStyles } from '@material-ui/core/styles';
import { Measurement, Rollout } from 'backstage-plugin-canary-common';
import { isRunning } from '../../live';
import { useCanaryTranslation } from '../../translation';
import { Pods } from '../Pods';
import { Arms } from './Arms';
import { Facts } from './Facts';
import { Holds } from './Holds';
import { KeyMetrics } from './KeyMetrics';
import { Origin } from './Origin';
import { PhaseHeadline } from './PhaseHeadline';
import { StepRail } from './StepRail';
import { StepTimes } from './stepTimes';
import { Warnings } from './Warnings';
import { WeightBar } from './WeightBar';

const useStyles = makeStyles(theme => ({
  title: { overflowWrap: 'anywhere' },
  content: { display: 'grid', gap: theme.spacing(3), minWidth: 0 },
}));

/** Where a rollout is now; `children` are the commands it allows. */
export function NowCard(props: {
  rollout: Rollout;
  /** The latest measurement of each metric. */
  latest: readonly Measurement[];
  /** When each step began and ended; absent until the history has been read. */
  times?: StepTimes;
  children?: ReactNode;
}) {
  const { rollout, latest, times } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const workload = rollout.workload.name;
  return (
    <InfoCard
      title={
        <span className={classes.title}>
          {isRunning(rollout)
            ? t('now.title', { workload })
            : t('now.latestTitle', { workload })}
        </span>
      }
      titleTypographyProps={{ component: 'h2' }}
      subheader={<Origin rollout={rollout} />}
    >
      <div className={classes.content}>
        <PhaseHeadline rollout={rollout} />
        <Holds rollout={rollout} />
        <Facts rollout={rollout} />
        {props.children}
        <WeightBar rollout={rollout} />
        <Grid container spacing={4}>
          <Grid item xs={12} md={5}>
            <StepRail rollout={rollout} times={times} />
          </Grid>
          <Grid item xs={12} md={7}>
            <Arms rollout={rollout} />
            <Pods rollout={rollout} />
            <KeyMetrics rollout={rollout} latest={latest} />
          </Grid>
        </Grid>
        <Warnings warnings={rollout.warnings} />
      </div>
    </InfoCard>
  );
}
