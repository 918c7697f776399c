import { makeStyles } from '@material-ui/core/styles';
import { Verdict } from 'backstage-plugin-canary-common';
import { verdictAppearance } from '../../icons';
import { useCanaryTranslation } from '../../translation';
import { ToneIcon } from './ToneIcon';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    whiteSpace: 'nowrap',
    fontWeight: 700,
  },
}));

/** A verdict as icon and word. */
export function VerdictLabel({ verdict }: { verdict: Verdict }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  return (
    <span className={classes.root}>
      <ToneIcon appearance={verdictAppearance(verdict)} />
      {t(`verdict.${verdict}`)}
    </span>
  );
}
