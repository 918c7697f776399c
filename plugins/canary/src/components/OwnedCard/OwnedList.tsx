import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { isRunning } from '../../live';
import { useCanaryTranslation } from '../../translation';
import { OwnedRow } from './OwnedRow';
import { runningIn } from './runningIn';
import { OwnedRollouts } from './useOwnedRollouts';

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.body2,
    listStyle: 'none',
    margin: theme.spacing(1, 0, 0),
    padding: 0,
    '& > li': {
      padding: theme.spacing(1, 0),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
  },
  quiet: { marginTop: theme.spacing(1) },
}));

/** The rollouts that matter most, and how many more there are. */
export function OwnedList({ owned }: { owned: OwnedRollouts }) {
  const { figures, shown } = owned;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const running = shown.filter(isRunning).length;
  const more = running > 0 ? runningIn(figures) - running : 0;
  return (
    <>
      {running === 0 && (
        <Typography
          variant="body2"
          color="textSecondary"
          className={classes.quiet}
        >
          {t('owned.noneRunning')}
        </Typography>
      )}
      <ul className={classes.root} aria-label={t('owned.list')}>
        {shown.map(rollout => (
          <OwnedRow key={rollout.id} rollout={rollout} />
        ))}
      </ul>
      {more > 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('owned.more', { count: more })}
        </Typography>
      )}
    </>
  );
}
