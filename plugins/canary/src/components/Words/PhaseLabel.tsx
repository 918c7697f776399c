import { makeStyles } from '@material-ui/core/styles';
import { Phase } from 'backstage-plugin-canary-common';
import { phaseLook } from '../../icons';
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
      <ToneIcon look={phaseLook(phase)} />
      {t(`phase.${phase}`)}
    </span>
  );
}
