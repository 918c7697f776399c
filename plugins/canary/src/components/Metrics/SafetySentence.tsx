import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Verdict } from 'backstage-plugin-canary-common';
import { verdictAppearance } from '../../icons';
import { Translate, useCanaryTranslation } from '../../translation';
import { ToneIcon } from '../shared';
import { byLatestVerdict, MetricStanding } from './metricStandings';

const GRAVE = ['Fail', 'Error', 'NoData', 'Inconclusive'] as const;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    gap: theme.spacing(1),
    alignItems: 'flex-start',
    marginBottom: theme.spacing(2),
    overflowWrap: 'anywhere',
  },
}));

/** All metrics in one sentence: the answer to "is it safe". */
export function SafetySentence(props: {
  standings: readonly MetricStanding[];
}) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const titles = byLatestVerdict(props.standings);
  if (titles.size === 0) return null;
  const gravest: Verdict = GRAVE.find(each => titles.has(each)) ?? 'Pass';
  return (
    <div className={classes.root}>
      <ToneIcon appearance={verdictAppearance(gravest)} />
      <Typography component="p" variant="subtitle1">
        {sentences(t, titles, props.standings.length).join(' ')}
      </Typography>
    </div>
  );
}

function sentences(
  t: Translate,
  titles: ReadonlyMap<Verdict, readonly string[]>,
  total: number,
): string[] {
  const grave = GRAVE.flatMap(verdict => {
    const names = titles.get(verdict);
    if (!names) return [];
    return [t(`metrics.some${verdict}`, { names: names.join(', ') })];
  });
  const passed = titles.get('Pass')?.length ?? 0;
  if (passed === total) return [t('metrics.allPass', { count: total })];
  return [
    ...grave,
    ...(passed > 0
      ? [
          t('metrics.somePass', {
            number: String(passed),
            total: String(total),
          }),
        ]
      : []),
  ];
}
