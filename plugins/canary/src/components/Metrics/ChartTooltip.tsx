import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { formatClock, formatValue } from '../../format';
import { localeOf, useCanaryTranslation } from '../../translation';
import { VerdictLabel } from '../shared';
import { ChartRow } from './chartRows';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(1, 1.5) },
}));

/** The numbers of the point under the pointer; recharts hands in the point. */
export function ChartTooltip(props: {
  unit: string;
  /** Heading of the stable's values. */
  stable: string;
  active?: boolean;
  payload?: readonly { payload: ChartRow }[];
}) {
  const { unit, stable, active, payload } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const row = payload?.[0]?.payload;
  if (!active || !row) return null;
  const word = (value: number | null) => formatValue(value, unit, localeOf(t));

  const limits = [
    [t('metrics.seriesMax'), row.max],
    [t('metrics.seriesMin'), row.min],
  ] as const;
  return (
    <Paper className={classes.root} elevation={4}>
      <div>{formatClock(row.at, localeOf(t))}</div>
      <div>
        {t('metrics.seriesCanary')}: {word(row.canary) ?? t('value.missing')}
      </div>
      <div>
        {stable}: {word(row.stable) ?? t('value.missing')}
      </div>
      {limits.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              {name}: {word(value)}
            </div>
          ),
      )}
      {row.band && (
        <div>
          {t('metrics.seriesBand')}:{' '}
          {t('evidence.tableRange', {
            lower: word(row.band.lower) ?? t('evidence.open'),
            upper: word(row.band.upper) ?? t('evidence.open'),
          })}
        </div>
      )}
      <VerdictLabel verdict={row.verdict} />
    </Paper>
  );
}
