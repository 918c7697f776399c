import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { formatClock } from '../../format';
import { localeOf, useCanaryTranslation } from '../../translation';
import { VerdictLabel } from '../shared';
import { figures, rangeWords } from './evidenceWords';
import { RatioRow } from './ratioRows';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(1, 1.5) },
}));

/** What was known at the look under the pointer; recharts hands it in. */
export function RatioTooltip(props: {
  active?: boolean;
  payload?: readonly { payload: RatioRow }[];
}) {
  const { active, payload } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const row = payload?.[0]?.payload;
  if (!active || !row) return null;
  return (
    <Paper className={classes.root} elevation={4}>
      <div>{formatClock(row.at, localeOf(t))}</div>
      <div>
        {t('evidence.seriesRatio')}:{' '}
        {row.ratio === null ? t('evidence.open') : `${figures(t, row.ratio)}×`}
      </div>
      <div>
        {t('metrics.seriesBand')}: {rangeWords(t, row.interval)}
      </div>
      <div>{t('evidence.tablePValue', { p: figures(t, row.pValue) })}</div>
      <div>{t('evidence.looks', { count: row.looks })}</div>
      <VerdictLabel verdict={row.verdict} />
    </Paper>
  );
}
