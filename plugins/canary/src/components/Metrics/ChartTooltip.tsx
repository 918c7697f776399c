import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { formatClock, formatValue } from '../../format';
import { useCanaryTranslation } from '../../translation';
import { VerdictLabel } from '../Words';
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

  const limits = [
    [t('metrics.seriesMax'), row.max],
    [t('metrics.seriesMin'), row.min],
  ] as const;
  return (
    <Paper className={classes.root} elevation={4}>
      <div>{formatClock(row.at)}</div>
      <div>
        {t('metrics.seriesCanary')}:{' '}
        {formatValue(row.canary, unit) ?? t('value.missing')}
      </div>
      <div>
        {stable}: {formatValue(row.stable, unit) ?? t('value.missing')}
      </div>
      {limits.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              {name}: {formatValue(value, unit)}
            </div>
          ),
      )}
      {row.band && (
        <div>
          {t('metrics.seriesBand')}: {formatValue(row.band[0], unit)} –{' '}
          {formatValue(row.band[1], unit)}
        </div>
      )}
      <VerdictLabel verdict={row.verdict} />
    </Paper>
  );
}
