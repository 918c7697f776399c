import { useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Page, Rollout } from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../../api';
import {
  IDLE_MS,
  isRunning,
  Live,
  Pages,
  rolloutId,
  useCanarySignal,
  useLive,
  usePages,
} from '../../live';
import { phasesOf } from './rolloutFilters';

const PAGE_SIZE = 50;
/** A whole portal moves all the time: not every signal is worth a request. */
const LIST_GAP_MS = 3000;

/** Rollouts of every entity that the reader may see, by a filter. */
export function useAllRollouts(filter: string): {
  live: Live<Page<Rollout>>;
  pages: Pages<Rollout>;
} {
  const api = useApi(canaryApiRef);
  const signals = useCanarySignal();
  const live = useLive<Page<Rollout>>({
    key: filter,
    load: () => api.listRollouts({ phase: phasesOf(filter), limit: PAGE_SIZE }),
    pauseMs: page => (page?.items.some(isRunning) ? LIST_GAP_MS : IDLE_MS),
    signals,
    minGapMs: LIST_GAP_MS,
  });
  const pages = usePages<Rollout>({
    key: filter,
    first: live.value,
    idOf: rolloutId,
    load: useCallback(
      cursor =>
        api.listRollouts({
          phase: phasesOf(filter),
          cursor,
          limit: PAGE_SIZE,
        }),
      [api, filter],
    ),
  });
  return { live, pages };
}
