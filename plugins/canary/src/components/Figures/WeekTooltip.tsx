import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { localeOf, useCanaryTranslation } from '../../translation';
import { FigureWeek } from './figureTiles';
import { formatDay } from './formatDay';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(0.5, 1), ...theme.typography.body2 },
}));

/** A week and its figure in words; the chart hands the week in. */
export function WeekTooltip(props: {
  active?: boolean;
  payload?: readonly { readonly payload: FigureWeek }[];
}) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const week = props.active ? props.payload?.[0]?.payload : undefined;
  if (!week) return null;
  return (
    <Paper className={classes.root} variant="outlined">
      <div>
        {t('figures.week', { from: formatDay(week.from, localeOf(t)) })}
      </div>
      <strong>{week.words}</strong>
    </Paper>
  );
}
