import { makeStyles } from '@material-ui/core/styles';
import { Rollout } from 'backstage-plugin-canary-common';
import { describeError } from '../../format';
import { isRunning } from '../../live';
import { useCanaryTranslation } from '../../translation';
import { ErrorSentence } from '../shared';
import { StaleNotice } from '../States';
import { PodsSkeleton } from './PodsSkeleton';
import { PodList } from './PodList';
import { usePods } from './usePods';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(1),
  },
  facts: { color: theme.palette.text.secondary, overflowWrap: 'anywhere' },
}));

/** The pods of both versions as the Kubernetes plugin sees them, followed while they are shown. */
export default function PodsPanel({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const live = usePods(rollout);
  if (!live.value) {
    if (!live.error) return <PodsSkeleton />;
    return (
      <ErrorSentence
        title={isForbidden(live.error) ? t('pods.forbidden') : t('pods.failed')}
        error={live.error}
        severity="warning"
        action={{ name: t('state.retry'), onClick: live.refresh }}
      />
    );
  }
  const { canary, stable, problems } = live.value;
  return (
    <div className={classes.root}>
      <StaleNotice live={live} />
      {problems.map((problem, index) => (
        <ErrorSentence
          key={index}
          title={t('pods.incomplete')}
          error={new Error(problem)}
          severity="warning"
        />
      ))}
      {isRunning(rollout) && <PodList title={t('pods.canary')} pods={canary} />}
      <PodList title={t('pods.stable')} pods={stable} />
      {unseen(rollout, canary.length) && (
        <div className={classes.facts}>{t('pods.selector')}</div>
      )}
    </div>
  );
}

/** There are canary pods that the entity's selector does not cover. */
function unseen(rollout: Rollout, seen: number): boolean {
  return seen === 0 && (rollout.pods.canary?.ready ?? 0) > 0;
}

/** The plugin's client tells the status only in its sentence. */
function isForbidden(error: Error): boolean {
  return /\b(401|403)\b/.test(describeError(error).message);
}
