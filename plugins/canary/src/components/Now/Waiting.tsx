import { makeStyles } from '@material-ui/core/styles';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import { Rollout } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { Countdown } from '../Words';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    gap: theme.spacing(1),
    overflowWrap: 'anywhere',
  },
  facts: { color: theme.palette.text.secondary },
}));

/** What the controller waits for, and when it looks again. */
export function Waiting({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const { waitingFor, holds } = rollout;
  if (!waitingFor) return null;

  const said = holds.some(hold => hold.message === waitingFor.message);
  return (
    <div className={classes.root}>
      <HourglassEmptyIcon aria-hidden fontSize="small" />
      <div>
        {!said && <div>{waitingFor.message}</div>}
        <div className={classes.facts}>
          {t('now.nextCheck', {
            when: <Countdown until={waitingFor.nextCheckAt} />,
          })}
        </div>
      </div>
    </div>
  );
}
