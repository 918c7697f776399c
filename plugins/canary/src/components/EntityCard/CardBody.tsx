import { makeStyles } from '@material-ui/core/styles';
import { Rollout } from 'backstage-plugin-canary-common';
import { describeImages, formatWeight } from '../../format';
import { isRunning } from '../../live';
import { useCanaryTranslation } from '../../translation';
import { phaseSentence } from '../Now';
import { LongText, PhaseLabel, RelativeTime } from '../Words';

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.body2,
    display: 'grid',
    gap: theme.spacing(0.5),
    minWidth: 0,
  },
  facts: { color: theme.palette.text.secondary, overflowWrap: 'anywhere' },
}));

/** Which version, where it stands, why, and with how much traffic. */
export function CardBody({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  return (
    <div className={classes.root}>
      <div role="status">
        <PhaseLabel phase={rollout.phase} />
      </div>
      <div className={classes.facts}>{phaseSentence(t, rollout)}</div>
      <LongText>{describeImages(rollout.images.canary)}</LongText>
      {isRunning(rollout) && (
        <div>
          {t('weight.observed', {
            weight: formatWeight(rollout.weight.observed) ?? t('value.unknown'),
          })}
        </div>
      )}
      <div className={classes.facts}>
        {t('now.startedBy', { actor: rollout.startedBy })},{' '}
        <RelativeTime iso={rollout.startedAt} />
      </div>
    </div>
  );
}
