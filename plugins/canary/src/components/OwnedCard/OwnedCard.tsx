import { InfoCard } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { describeError, isNotAllowed } from '../../format';
import { useCanaryTranslation } from '../../translation';
import { StaleNotice } from '../States';
import { OwnedNumbers } from './OwnedNumbers';
import { OwnedList } from './OwnedList';
import { ownedSelection } from './ownedSelection';
import { useCanaryPagePath } from './useCanaryPagePath';
import { useOwnedRollouts } from './useOwnedRollouts';

/** The rollouts of what a group or a user owns, or of the parts of a system. */
export function OwnedCard() {
  const { entity } = useEntity();
  const { t } = useCanaryTranslation();
  const selection = ownedSelection(entity);
  const live = useOwnedRollouts(selection);
  const page = useCanaryPagePath(selection);
  const owned = live.value;
  return (
    <InfoCard
      title={t('owned.title')}
      titleTypographyProps={{ component: 'h2' }}
      deepLink={page ? { title: t('owned.open'), link: page } : undefined}
    >
      <StaleNotice live={live} />
      {!owned && !live.error && <Skeleton height={96} />}
      {!owned && live.error && (
        <Typography color="textSecondary">
          {isNotAllowed(live.error)
            ? t('state.forbiddenTitle')
            : `${t('state.errorTitle')}: ${describeError(live.error).message}`}
        </Typography>
      )}
      {owned && owned.shown.length === 0 && (
        <Typography color="textSecondary">{t('owned.none')}</Typography>
      )}
      {owned && owned.shown.length > 0 && (
        <>
          <OwnedNumbers figures={owned.figures} />
          <OwnedList owned={owned} />
        </>
      )}
    </InfoCard>
  );
}
