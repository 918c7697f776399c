import { makeStyles } from '@material-ui/core/styles';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import FlagIcon from '@material-ui/icons/Flag';
import { Figures } from 'backstage-plugin-canary-common';
import { Appearance, phaseAppearance } from '../../icons';
import { useCanaryTranslation } from '../../translation';
import { attentionAppearance } from '../History';
import { ToneIcon } from '../shared';
import { runningIn } from './runningIn';

const CALM: Appearance = { Icon: CheckCircleIcon, tone: 'good' };
const ENDED: Appearance = { Icon: FlagIcon, tone: 'calm' };

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.body2,
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    margin: 0,
    padding: 0,
    listStyle: 'none',
    '& li': {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
    },
  },
  urgent: { fontWeight: 700 },
}));

/** How many need a person, run and have ended. */
export function OwnedNumbers({ figures }: { figures: Figures }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const { attention, phases } = figures;
  return (
    <ul className={classes.root} aria-label={t('owned.numbers')}>
      <li className={attention > 0 ? classes.urgent : undefined}>
        <ToneIcon appearance={attention > 0 ? attentionAppearance : CALM} />
        {t('owned.attention', { count: attention })}
      </li>
      <li>
        <ToneIcon appearance={phaseAppearance('Progressing')} />
        {t('owned.running', { count: runningIn(figures) })}
      </li>
      <li>
        <ToneIcon appearance={ENDED} />
        {t('owned.ended', { count: phases.Succeeded + phases.RolledBack })}
      </li>
    </ul>
  );
}
