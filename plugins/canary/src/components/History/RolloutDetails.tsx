import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Rollout } from 'backstage-plugin-canary-common';
import { describeImages } from '../../format';
import { isRunning } from '../../live';
import { useCanaryTranslation } from '../../translation';
import { phaseSentence } from '../Now';
import { RolloutLink, VerdictLabel } from '../shared';
import { metricTitle } from './WorstMetric';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(5.5rem, max-content) minmax(0, 1fr)',
    gap: theme.spacing(0.5, 2),
    margin: 0,
    lineHeight: 1.4,
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0, overflowWrap: 'anywhere', unicodeBidi: 'isolate' },
  },
  rule: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: theme.spacing(1),
  },
}));

/** What stands behind the line of a rollout in a list, in full. */
export function RolloutDetails({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const { worstMetric, images, workload, namespace, cluster } = rollout;
  const { retryOf, rollbackOf } = rollout;
  const none = t('history.noImage');
  const facts: [string, ReactNode][] = [
    [
      isRunning(rollout) ? t('history.now') : t('history.outcome'),
      phaseSentence(t, rollout),
    ],
    [t('history.reason'), rollout.reason],
    [
      t('history.rule'),
      worstMetric && (
        <span className={classes.rule}>
          <VerdictLabel verdict={worstMetric.verdict} />
          <span>
            {t('history.ruleOf', {
              metric: metricTitle(rollout, worstMetric.metric),
              rule: worstMetric.rule,
            })}
          </span>
        </span>
      ),
    ],
    [
      t('history.images'),
      t('history.versionChange', {
        from: describeImages(images.stable) || none,
        to: describeImages(images.canary) || none,
      }),
    ],
    [
      t('history.workload'),
      t('history.place', { ...workload, namespace, cluster }),
    ],
    [t('history.plan'), rollout.plan.title],
    [
      t('history.related'),
      (retryOf || rollbackOf) && (
        <RolloutLink id={(retryOf ?? rollbackOf)!}>
          {retryOf ? t('history.retryOf') : t('history.rollbackOf')}
        </RolloutLink>
      ),
    ],
  ];
  return (
    <dl className={classes.root}>
      {facts
        .filter(([, words]) => words)
        .map(([name, words]) => [
          <dt key={name}>{name}</dt>,
          <dd key={`${name} words`}>{words}</dd>,
        ])}
    </dl>
  );
}
