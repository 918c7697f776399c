import { makeStyles } from '@material-ui/core/styles';
import { Phase } from 'backstage-plugin-canary-common';
import { phaseAppearance } from '../../icons';
import { useCanaryTranslation } from '../../translation';
import { ToneIcon } from './ToneIcon';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    whiteSpace: 'nowrap',
  },
}));

/** A phase as icon and word. */
export function PhaseLabel({ phase }: { phase: Phase }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  return (
    <span className={classes.root}>
      <ToneIcon appearance={phaseAppearance(phase)} />
      {t(`phase.${phase}`)}
    </span>
  );
}
