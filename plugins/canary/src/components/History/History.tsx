import { InfoCard } from '@backstage/core-components';
import { Rollout } from 'backstage-plugin-canary-common';
import { Pages } from '../../live';
import { useCanaryTranslation } from '../../translation';
import { MoreButton } from './MoreButton';
import { RolloutTable } from './RolloutTable';

/** Every rollout of an entity. */
export function History({ pages }: { pages: Pages<Rollout> }) {
  const { t } = useCanaryTranslation();
  return (
    <InfoCard
      title={t('history.title')}
      titleTypographyProps={{ component: 'h2' }}
      subheader={t('history.subtitle')}
    >
      <RolloutTable rollouts={pages.items} />
      <MoreButton pages={pages} />
    </InfoCard>
  );
}
