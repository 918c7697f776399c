import Skeleton from '@material-ui/lab/Skeleton';
import { useCanaryTranslation } from '../../translation';
import { Hidden } from '../shared';

/** The shape of two short lists that are on their way. */
export function PodsSkeleton() {
  const { t } = useCanaryTranslation();
  return (
    <div aria-busy="true">
      <Hidden>{t('pods.loading')}</Hidden>
      <Skeleton height={28} width="30%" />
      <Skeleton height={28} />
      <Skeleton height={28} />
    </div>
  );
}
