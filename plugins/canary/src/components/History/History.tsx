import { InfoCard } from '@backstage/core-components';
import { Page, Rollout } from 'backstage-plugin-canary-common';
import { ENTITY_PAGE_SIZE, Live, useRolloutPages } from '../../live';
import { useCanaryTranslation } from '../../translation';
import { HistoryFilters } from './HistoryFilters';
import { RolloutList } from './RolloutList';
import { queryOf, useHistoryFilter } from './useHistoryFilter';

const COLUMNS = ['state', 'version', 'worst', 'by', 'started', 'took'] as const;

/** Every rollout of an entity, a page at a time, filtered by the server. */
export function History(props: {
  entityRef: string;
  /** The newest rollouts of the entity, which the tab follows anyway. */
  latest: Live<Page<Rollout>>;
}) {
  const { entityRef, latest } = props;
  const { t } = useCanaryTranslation();
  const { filter, setFilter } = useHistoryFilter();
  const filtered = Boolean(filter.result || filter.by);
  const pages = useRolloutPages(
    { entityRef, ...queryOf(filter), limit: ENTITY_PAGE_SIZE },
    { shared: filtered ? undefined : latest },
  );
  const seen = [...(latest.value?.items ?? []), ...(pages.page?.items ?? [])];
  return (
    <InfoCard
      title={t('history.title')}
      titleTypographyProps={{ component: 'h2' }}
      subheader={t('history.subtitle')}
    >
      <HistoryFilters
        filter={filter}
        onChange={setFilter}
        actors={[...new Set(seen.map(({ startedBy }) => startedBy))]}
      />
      <RolloutList
        pages={pages}
        columns={COLUMNS}
        caption={t('history.caption')}
        none={t('history.none')}
        quiet={pages.live === latest}
      />
    </InfoCard>
  );
}
