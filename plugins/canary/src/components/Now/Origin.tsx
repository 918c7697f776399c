import { makeStyles } from '@material-ui/core/styles';
import { Rollout } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { EntityLink, Instant, RelativeTime, RolloutLink } from '../shared';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(2),
    overflowWrap: 'anywhere',
    '& > *': { minWidth: 0 },
    // Amidst words a link is told by more than its colour.
    '& a': { textDecoration: 'underline' },
  },
}));

/** Where a rollout comes from: the plan, who started it, when and why. */
export function Origin({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const { workload, namespace, cluster, retryOf, rollbackOf } = rollout;
  return (
    <div className={classes.root}>
      <span>{t('now.place', { ...workload, namespace, cluster })}</span>
      <span>{t('now.plan', { plan: rollout.plan.title })}</span>
      <span>
        {t('now.startedBy', { actor: <Starter actor={rollout.startedBy} /> })},{' '}
        <RelativeTime iso={rollout.startedAt} />
      </span>
      {rollout.finishedAt && (
        <span>
          {t('now.finished')} <Instant iso={rollout.finishedAt} />
        </span>
      )}
      {rollout.reason && (
        <span>{t('now.reason', { reason: rollout.reason })}</span>
      )}
      {retryOf && <RolloutLink id={retryOf}>{t('now.retryOf')}</RolloutLink>}
      {rollbackOf && (
        <RolloutLink id={rollbackOf}>{t('now.rollbackOf')}</RolloutLink>
      )}
      <RolloutLink id={rollout.id}>{t('now.permalink')}</RolloutLink>
    </div>
  );
}

/** A person by name, with the way to them; services and the like as they are. */
function Starter({ actor }: { actor: string }) {
  return /^(user|group):/.test(actor) ? (
    <EntityLink entityRef={actor} />
  ) : (
    <bdi>{actor}</bdi>
  );
}
