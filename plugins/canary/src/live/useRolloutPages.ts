import { useApi } from '@backstage/core-plugin-api';
import { Page, Rollout, RolloutQuery } from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../api';
import { CALM_MS, IDLE_MS } from './pace';
import { useCanarySignal } from './useCanarySignal';
import { isRunning } from './useEntityRollouts';
import { Live } from './useLive';
import { Pages, usePages } from './usePages';

/** Follows a list of rollouts page by page, the newest first. */
export function useRolloutPages(
  query: Omit<RolloutQuery, 'cursor'>,
  options: {
    /** The first page, where somebody follows it already. */
    shared?: Live<Page<Rollout>>;
  } = {},
): Pages<Rollout> {
  const api = useApi(canaryApiRef);
  const signals = useCanarySignal({ entityRef: query.entityRef });
  return usePages<Rollout>({
    key: JSON.stringify(query),
    load: cursor => api.listRollouts({ ...query, cursor }),
    pauseMs: page => (page?.items.some(isRunning) ? CALM_MS : IDLE_MS),
    signals,
    minSpacingMs: CALM_MS,
    shared: options.shared,
  });
}
