import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/core-plugin-api';
import { canaryApiRef } from '../../api';
import { RecentImage, recentImages } from './recentImages';

/** As far back as versions are offered. */
const ROLLOUTS = 50;

/** The images that an entity had before; none while they are unknown. */
export function useRecentImages(entityRef: string): readonly RecentImage[] {
  const api = useApi(canaryApiRef);
  const rollouts = useAsync(
    () => api.listRollouts({ entityRef, limit: ROLLOUTS }),
    [api, entityRef],
  );
  // They only save typing: without them the field is there all the same.
  return recentImages(rollouts.value?.items ?? []);
}
