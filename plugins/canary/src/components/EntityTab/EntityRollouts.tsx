import { Entity } from '@backstage/catalog-model';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { isRunning, useEntityRollouts } from '../../live';
import { useCanaryTranslation } from '../../translation';
import { History } from '../History';
import { RolloutView } from '../RolloutView';
import { StartRollout } from '../StartRollout';
import { EmptyState, FailedState, LoadingState, StaleNotice } from '../States';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(3), minWidth: 0 },
  top: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
  },
}));

/** The running or latest rollout of an entity, and all before it. */
export function EntityRollouts(props: { entity: Entity; entityRef: string }) {
  const { entity, entityRef } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const { live, current, onAnswered } = useEntityRollouts(entityRef);

  if (!live.value) {
    return live.error ? (
      <FailedState error={live.error} onRetry={live.refresh} />
    ) : (
      <LoadingState />
    );
  }
  const start = (
    <StartRollout
      entity={entity}
      latest={current}
      busy={Boolean(current && isRunning(current))}
      onStarted={onAnswered}
    />
  );
  if (!current) return <EmptyState>{start}</EmptyState>;
  return (
    <div className={classes.root}>
      <div className={classes.top}>
        <Typography variant="h5" component="h1">
          {t('title')}
        </Typography>
        {start}
      </div>
      <StaleNotice live={live} />
      <RolloutView
        key={current.id}
        rollout={current}
        seenAt={live.seenAt}
        onAnswered={onAnswered}
        onRefresh={live.refresh}
      />
      <History entityRef={entityRef} latest={live} />
    </div>
  );
}
