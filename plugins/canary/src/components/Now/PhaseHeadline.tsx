import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Rollout } from 'backstage-plugin-canary-common';
import { phaseLook } from '../../icons';
import { Translate, useCanaryTranslation } from '../../translation';
import { ToneIcon } from '../Words';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(2),
    minWidth: 0,
  },
  sentence: { overflowWrap: 'anywhere' },
}));

/**
 * The phase and what it means, read aloud when it changes. What changes every
 * few seconds stays outside of it.
 */
export function PhaseHeadline({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  return (
    <div role="status" className={classes.root}>
      <ToneIcon look={phaseLook(rollout.phase)} fontSize="large" />
      <div>
        <Typography variant="h4" component="p">
          {t(`phase.${rollout.phase}`)}
        </Typography>
        <Typography className={classes.sentence}>
          {phaseSentence(t, rollout)}
        </Typography>
      </div>
    </div>
  );
}

/** Why a rollout is where it is: its end in its own words, else its gravest wait. */
export function phaseSentence(t: Translate, rollout: Rollout): string {
  const { outcome, holds, phase } = rollout;
  if (outcome) return outcome.message;
  if (holds.length > 0) {
    return `${t(`hold.${holds[0].reason}`)}: ${holds[0].message}`;
  }
  return t(`phaseSentence.${phase}`);
}
