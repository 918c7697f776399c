import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  Measurement,
  MetricStatus,
  Rollout,
} from 'backstage-plugin-canary-common';
import { formatValue } from '../../format';
import { localeOf, useCanaryTranslation } from '../../translation';
import { describeBaseline, VerdictLabel } from '../shared';

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(2) },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    display: 'grid',
    gridTemplateColumns: '9rem minmax(0, 1fr)',
    columnGap: theme.spacing(1),
    padding: theme.spacing(0.5, 0),
    overflowWrap: 'anywhere',
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
  },
  rule: { color: theme.palette.text.secondary, minHeight: '1.5em' },
}));

/** What each metric of the plan says now; a line for each from the start, so that nothing moves. */
export function KeyMetrics(props: {
  rollout: Rollout;
  /** The latest measurement of each metric. */
  latest: readonly Measurement[];
}) {
  const { rollout, latest } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  // An analysis that is over has left the rollout; its last word is measured.
  const judged = latestOfEach([...latest, ...rollout.metrics]);
  const names = [
    ...new Set([...Object.keys(rollout.plan.metrics), ...judged.keys()]),
  ];
  const valuesOf = (metric: string) => {
    const found = latest.find(each => each.metric === metric);
    const word = (value: number | undefined) =>
      formatValue(value, found?.unit ?? '', localeOf(t)) ?? t('value.missing');
    const values = { canary: word(found?.canary), stable: word(found?.stable) };
    return found?.baseline
      ? t('now.valuesOther', {
          ...values,
          baseline: describeBaseline(t, found.baseline),
        })
      : t('now.values', values);
  };
  return (
    <section className={classes.root}>
      <Typography variant="subtitle1" component="h3">
        {t('now.metrics')}
      </Typography>
      {names.length === 0 && (
        <span className={classes.rule}>{t('now.noMetrics')}</span>
      )}
      <ul className={classes.list} aria-label={t('now.metrics')}>
        {names.map(metric => {
          const status = judged.get(metric);
          return (
            <li key={metric} className={classes.item}>
              {status ? (
                <VerdictLabel verdict={status.verdict} />
              ) : (
                <span className={classes.rule}>{t('now.notJudged')}</span>
              )}
              <span>
                <bdi>{rollout.plan.metrics[metric]?.title ?? metric}</bdi>
                {': '}
                {valuesOf(metric)}
                <div className={classes.rule}>
                  <bdi>{status?.rule}</bdi>
                </div>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

type Judged = Pick<MetricStatus, 'metric' | 'verdict' | 'rule' | 'at'>;

/** A metric may be judged in several scopes; the latest word counts. */
function latestOfEach(all: readonly Judged[]): Map<string, Judged> {
  const latest = new Map<string, Judged>();
  for (const status of all) {
    const known = latest.get(status.metric);
    if (!known || known.at <= status.at) latest.set(status.metric, status);
  }
  return latest;
}
