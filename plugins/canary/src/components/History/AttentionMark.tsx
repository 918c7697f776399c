import { makeStyles } from '@material-ui/core/styles';
import NotificationsActiveIcon from '@material-ui/icons/NotificationsActive';
import { Appearance } from '../../icons';
import { useCanaryTranslation } from '../../translation';
import { ToneIcon } from '../shared';

/** How the need of a person looks. */
export const attentionAppearance: Appearance = {
  Icon: NotificationsActiveIcon,
  tone: 'warn',
};

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    whiteSpace: 'nowrap',
    fontWeight: 700,
  },
}));

/** Says that a person should look. */
export function AttentionMark() {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  return (
    <span className={classes.root}>
      <ToneIcon appearance={attentionAppearance} />
      {t('history.attention')}
    </span>
  );
}
