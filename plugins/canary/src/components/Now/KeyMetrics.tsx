import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { MetricStatus, Rollout } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { VerdictLabel } from '../Words';

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(2) },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(1.5),
    padding: theme.spacing(0.5, 0),
    overflowWrap: 'anywhere',
  },
  rule: { color: theme.palette.text.secondary },
}));

/** What each metric says now, in one line. */
export function KeyMetrics({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const latest = latestOfEach(rollout.metrics);
  return (
    <section className={classes.root}>
      <Typography variant="subtitle1" component="h3">
        {t('now.metrics')}
      </Typography>
      {latest.length === 0 && (
        <span className={classes.rule}>{t('now.noMetrics')}</span>
      )}
      <ul className={classes.list}>
        {latest.map(({ metric, verdict, rule }) => (
          <li key={metric} className={classes.item}>
            <VerdictLabel verdict={verdict} />
            <span>{rollout.plan.metrics[metric]?.title ?? metric}</span>
            <span className={classes.rule}>{rule}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A metric may be judged in several scopes; the latest word counts. */
function latestOfEach(all: readonly MetricStatus[]): MetricStatus[] {
  const latest = new Map<string, MetricStatus>();
  for (const status of all) {
    const known = latest.get(status.metric);
    if (!known || known.at <= status.at) latest.set(status.metric, status);
  }
  return [...latest.values()];
}
