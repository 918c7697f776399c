import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import SearchIcon from '@material-ui/icons/Search';
import { Rollout } from 'backstage-plugin-canary-common';
import { useNavigate, useParams } from 'react-router-dom';
import { describeError } from '../../format';
import { newerOf, useRollout } from '../../live';
import { rootRouteRef } from '../../routes';
import { useCanaryTranslation } from '../../translation';
import { RolloutView } from '../RolloutView';
import { useRolloutPath } from '../shared';
import { FailedState, LoadingState, Notice, StaleNotice } from '../States';
import { RolloutHeading } from './RolloutHeading';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(2), minWidth: 0 },
}));

/** The permalink: one rollout, for as long as its history is kept. */
export function RolloutPage() {
  const { id = '' } = useParams();
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const all = useRouteRef(rootRouteRef);
  const path = useRolloutPath();
  const navigate = useNavigate();
  const live = useRollout(id);
  const rollout = live.value;

  const onAnswered = (answer: Rollout) => {
    if (answer.id === id) live.take(known => newerOf(known, answer));
    // Retry and rollback answer with the new rollout that they started.
    else if (path) navigate(path(answer.id));
  };
  return (
    <div className={classes.root}>
      <div>
        <Link to={all()}>{t('page.back')}</Link>
      </div>
      {rollout && <RolloutHeading rollout={rollout} />}
      <StaleNotice live={live} />
      {!rollout && !live.error && <LoadingState />}
      {!rollout && live.error && isNotFound(live.error) && (
        <Notice
          icon={<SearchIcon aria-hidden fontSize="large" />}
          title={t('page.notFound')}
          help={t('page.notFoundHelp')}
        />
      )}
      {!rollout && live.error && !isNotFound(live.error) && (
        <FailedState error={live.error} onRetry={live.refresh} />
      )}
      {rollout && (
        <RolloutView
          key={rollout.id}
          rollout={rollout}
          seenAt={live.seenAt}
          onAnswered={onAnswered}
          onRefresh={live.refresh}
        />
      )}
    </div>
  );
}

function isNotFound(error: unknown): boolean {
  const { name, status } = describeError(error);
  return status === 404 || name === 'NotFoundError';
}
