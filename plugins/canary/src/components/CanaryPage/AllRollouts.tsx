import { InfoCard } from '@backstage/core-components';
import FlightTakeoffIcon from '@material-ui/icons/FlightTakeoff';
import { useSearchParams } from 'react-router-dom';
import { useCanaryTranslation } from '../../translation';
import { MoreButton, RolloutTable } from '../History';
import { FailedState, LoadingState, Notice, StaleNotice } from '../States';
import { FilterSelect } from './FilterSelect';
import { useAllRollouts } from './useAllRollouts';

/** Every rollout across the catalog; the filter stands in the address. */
export function AllRollouts() {
  const { t } = useCanaryTranslation();
  const [search, setSearch] = useSearchParams();
  const filter = search.get('show') ?? 'all';
  const { live, pages } = useAllRollouts(filter);

  if (!live.value && live.error) {
    return <FailedState error={live.error} onRetry={live.refresh} />;
  }
  return (
    <InfoCard
      title={t('page.all')}
      titleTypographyProps={{ component: 'h2' }}
      subheader={t('page.subtitle')}
      action={
        <FilterSelect
          value={filter}
          onChange={show => setSearch({ show }, { replace: true })}
        />
      }
    >
      <StaleNotice live={live} />
      {!live.value && <LoadingState />}
      {live.value && pages.items.length === 0 && (
        <Notice
          icon={<FlightTakeoffIcon aria-hidden fontSize="large" />}
          title={t('page.none')}
          help={filter === 'all' ? t('page.noneHelp') : t('page.noneFiltered')}
        />
      )}
      {pages.items.length > 0 && (
        <RolloutTable rollouts={pages.items} withEntity />
      )}
      <MoreButton pages={pages} />
    </InfoCard>
  );
}
