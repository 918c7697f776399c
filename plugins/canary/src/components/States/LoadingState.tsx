import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { useCanaryTranslation } from '../../translation';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(2) },
  hidden: {
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
    whiteSpace: 'nowrap',
  },
}));

/** The shape of what is about to be there. */
export function LoadingState() {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  return (
    <div className={classes.root} aria-busy="true">
      <span className={classes.hidden}>{t('state.loading')}</span>
      <Skeleton variant="rect" height={48} width="40%" />
      <Skeleton variant="rect" height={180} />
      <Skeleton variant="rect" height={240} />
    </div>
  );
}
