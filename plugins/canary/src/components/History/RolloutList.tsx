import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { Rollout } from 'backstage-plugin-canary-common';
import { Pages } from '../../live';
import { useCanaryTranslation } from '../../translation';
import { ErrorSentence } from '../shared';
import { StaleNotice } from '../States';
import { Pager } from './Pager';
import { RolloutColumn } from './rolloutCells';
import { RolloutTable } from './RolloutTable';

/** A list of rollouts a page at a time, in whatever state it is. */
export function RolloutList(props: {
  pages: Pages<Rollout>;
  columns: readonly RolloutColumn[];
  caption: string;
  /** Said when there is no rollout. */
  none: string;
  /** Which of a page's rollouts are shown; all without it. */
  only?: (rollout: Rollout) => boolean;
  /** Whether somebody else says that the list is old. */
  quiet?: boolean;
}) {
  const { pages, columns, caption, none, only = () => true, quiet } = props;
  const { t } = useCanaryTranslation();
  const { live, page } = pages;
  const rollouts = page?.items.filter(only);
  return (
    <>
      {!quiet && <StaleNotice live={live} />}
      {!page && !live.error && <Skeleton variant="rect" height={96} />}
      {!page && live.error && (
        <ErrorSentence
          title={t('history.error')}
          error={live.error}
          action={{ name: t('history.retry'), onClick: live.refresh }}
        />
      )}
      {rollouts?.length === 0 && (
        <Typography color="textSecondary">{none}</Typography>
      )}
      {rollouts && rollouts.length > 0 && (
        <RolloutTable
          rollouts={rollouts}
          columns={columns}
          caption={caption}
          busy={pages.turning}
        />
      )}
      <Pager pages={pages} list={caption} />
    </>
  );
}
