import { makeStyles } from '@material-ui/core/styles';
import { Rollout } from 'backstage-plugin-canary-common';
import { formatWeight } from '../../format';
import { isRunning } from '../../live';
import { localeOf, useCanaryTranslation } from '../../translation';
import { RolloutState, Versions } from '../History';
import { EntityLink, RelativeTime, RolloutLink } from '../shared';

const useStyles = makeStyles(theme => ({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(1.5),
    overflowWrap: 'anywhere',
    '& > *': { minWidth: 0 },
  },
}));

/** One rollout in a card: of what, which version, how it stands. */
export function OwnedRow({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  return (
    <li>
      <div className={classes.line}>
        <EntityLink entityRef={rollout.entityRef} />
        <Versions images={rollout.images} />
        {isRunning(rollout) && (
          <span>
            {t('history.trafficNow', {
              weight:
                formatWeight(rollout.weight.observed, localeOf(t)) ??
                t('value.unknown'),
            })}
          </span>
        )}
        <RolloutLink id={rollout.id}>
          <RelativeTime iso={rollout.finishedAt ?? rollout.startedAt} />
        </RolloutLink>
      </div>
      <RolloutState rollout={rollout} marked />
    </li>
  );
}
