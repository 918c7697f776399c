import { makeStyles } from '@material-ui/core/styles';
import { Rollout } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { VerdictLabel } from '../shared';

const useStyles = makeStyles(theme => ({
  metric: { overflowWrap: 'anywhere', unicodeBidi: 'isolate' },
  none: { color: theme.palette.text.secondary },
}));

/** The gravest verdict that a metric ever got; the rule as a tooltip. */
export function WorstMetric({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const worst = rollout.worstMetric;
  if (!worst) {
    return <span className={classes.none}>{t('history.notJudged')}</span>;
  }
  return (
    <div title={worst.rule}>
      <VerdictLabel verdict={worst.verdict} />
      <div className={classes.metric}>{metricTitle(rollout, worst.metric)}</div>
    </div>
  );
}

/** What a metric is called by the plan of the rollout. */
export function metricTitle({ plan }: Rollout, metric: string): string {
  return (
    (Object.hasOwn(plan.metrics, metric) && plan.metrics[metric].title) ||
    metric
  );
}
