import { useRef } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Rollout } from 'backstage-plugin-canary-common';
import { formatWeight } from '../../format';
import { phaseAppearance } from '../../icons';
import { localeOf, useCanaryTranslation } from '../../translation';
import { Hidden, ToneIcon } from '../shared';
import { HoldClock } from './HoldClock';
import { nowSentence, phaseSentence, phaseWithWeight } from './phaseSentence';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(2),
    minWidth: 0,
  },
  sentence: {
    fontSize: '1.25rem',
    lineHeight: 1.4,
    fontWeight: 400,
    overflowWrap: 'anywhere',
    unicodeBidi: 'isolate',
    minWidth: 0,
  },
}));

/** Where the rollout is and why, as one sentence. */
export function PhaseHeadline({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const phase = phaseWithWeight(t, rollout, {
    observed: formatWeight(rollout.weight.observed, localeOf(t)),
    desired: formatWeight(rollout.weight.desired, localeOf(t)),
  });
  return (
    <div className={classes.root}>
      <ToneIcon appearance={phaseAppearance(rollout.phase)} fontSize="large" />
      <Typography component="p" className={classes.sentence}>
        <strong>{phase}:</strong> <bdi>{nowSentence(t, rollout)}</bdi>
        <HoldClock rollout={rollout} />
      </Typography>
      <PhaseAnnouncement rollout={rollout} />
    </div>
  );
}

/**
 * Reads out a change of phase, and nothing else: weights, waits and countdowns
 * change every few seconds.
 */
function PhaseAnnouncement({ rollout }: { rollout: Rollout }) {
  const { t } = useCanaryTranslation();
  const said = useRef<{ phase: string; words: string }>();
  if (said.current?.phase !== rollout.phase) {
    const words = `${t(`phase.${rollout.phase}`)}: ${phaseSentence(
      t,
      rollout,
    )}`;
    said.current = { phase: rollout.phase, words };
  }
  return <Hidden role="status">{said.current.words}</Hidden>;
}
