import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  Measurement,
  MetricStatus,
  Rollout,
} from 'backstage-plugin-canary-common';
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
export function KeyMetrics(props: {
  rollout: Rollout;
  /** The latest measurement of each metric. */
  latest: readonly Measurement[];
}) {
  const { rollout } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  // An analysis that is over has left the rollout; its last word is measured.
  const latest = latestOfEach([...props.latest, ...rollout.metrics]);
  return (
    <section className={classes.root}>
      <Typography variant="subtitle1" component="h3">
        {t('now.metrics')}
      </Typography>
      {latest.length === 0 && (
        <span className={classes.rule}>{t('now.noMetrics')}</span>
      )}
      <ul className={classes.list} aria-label={t('now.metrics')}>
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

type Judged = Pick<MetricStatus, 'metric' | 'verdict' | 'rule' | 'at'>;

/** A metric may be judged in several scopes; the latest word counts. */
function latestOfEach(all: readonly Judged[]): Judged[] {
  const latest = new Map<string, Judged>();
  for (const status of all) {
    const known = latest.get(status.metric);
    if (!known || known.at <= status.at) latest.set(status.metric, status);
  }
  return [...latest.values()];
}
