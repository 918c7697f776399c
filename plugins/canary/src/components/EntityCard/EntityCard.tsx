import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { describeError, isNotAllowed } from '../../format';
import { isRunning, useEntityRollouts } from '../../live';
import { useCanaryTranslation } from '../../translation';
import { StaleNotice } from '../States';
import { CardBody } from './CardBody';
import { useEntityTabPath } from './useEntityTabPath';

/** The state of an entity's rollout in a few lines, for its overview. */
export function EntityCard() {
  const { entity } = useEntity();
  const { t } = useCanaryTranslation();
  const { live, current } = useEntityRollouts(stringifyEntityRef(entity));
  const last = live.value?.items.find(
    each => each.id !== current?.id && !isRunning(each),
  );
  const tab = useEntityTabPath(entity);
  return (
    <InfoCard
      title={t('card.title')}
      titleTypographyProps={{ component: 'h2' }}
      deepLink={tab ? { title: t('card.open'), link: tab } : undefined}
    >
      <StaleNotice live={live} />
      {!live.value && !live.error && <Skeleton height={64} />}
      {!live.value && live.error && (
        <Typography color="textSecondary">
          {isNotAllowed(live.error)
            ? t('state.forbiddenTitle')
            : `${t('state.errorTitle')}: ${describeError(live.error).message}`}
        </Typography>
      )}
      {live.value && !current && (
        <Typography color="textSecondary">{t('card.none')}</Typography>
      )}
      {current && <CardBody rollout={current} last={last} />}
    </InfoCard>
  );
}
