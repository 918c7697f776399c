import { makeStyles } from '@material-ui/core/styles';
import { Rollout } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { phaseSentence } from '../Now';
import { PhaseLabel } from '../shared';
import { AttentionMark } from './AttentionMark';
import { Clamped } from './Clamped';

const useStyles = makeStyles(theme => ({
  words: { display: 'flex', flexWrap: 'wrap', columnGap: theme.spacing(1.5) },
  sentence: { color: theme.palette.text.secondary },
}));

/** How a rollout stands or ended, and why in two lines. */
export function RolloutState(props: {
  rollout: Rollout;
  /** Whether to say that it needs a person; superfluous where all do. */
  marked?: boolean;
}) {
  const { rollout, marked = false } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const sentence = phaseSentence(t, rollout);
  return (
    <div>
      <div className={classes.words}>
        <PhaseLabel phase={rollout.phase} />
        {marked && rollout.needsAttention && <AttentionMark />}
      </div>
      <div className={classes.sentence}>
        <Clamped lines={2} title={sentence}>
          {sentence}
        </Clamped>
      </div>
    </div>
  );
}
