import { useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { isEnded, Page, Rollout } from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../api';
import { ACTIVE_MS, IDLE_MS, SIGNALLED_MS } from './pace';
import { useCanarySignal } from './useCanarySignal';
import { Live, useLive } from './useLive';
import { Pages, usePages } from './usePages';

const PAGE_SIZE = 10;

/** The rollouts of an entity, the newest first. */
export interface EntityRollouts {
  readonly live: Live<Page<Rollout>>;
  /** The running rollout, or the latest when none runs. */
  readonly current?: Rollout;
  readonly history: Pages<Rollout>;
}

/** Follows the rollouts of an entity: briskly while one runs, calmly else. */
export function useEntityRollouts(entityRef: string): EntityRollouts {
  const api = useApi(canaryApiRef);
  const signals = useCanarySignal({ entityRef });
  const live = useLive<Page<Rollout>>({
    key: entityRef,
    load: () => api.listRollouts({ entityRef, limit: PAGE_SIZE }),
    pauseMs: page => (page?.items.some(isRunning) ? pace(signals) : IDLE_MS),
    signals,
  });
  const history = usePages<Rollout>({
    key: entityRef,
    first: live.value,
    idOf: rolloutId,
    load: useCallback(
      cursor => api.listRollouts({ entityRef, cursor, limit: PAGE_SIZE }),
      [api, entityRef],
    ),
  });
  const items = live.value?.items ?? [];
  return { live, history, current: items.find(isRunning) ?? items[0] };
}

/** How long to wait between two looks at what moves. */
export function pace(signals: number): number {
  return signals > 0 ? SIGNALLED_MS : ACTIVE_MS;
}

/** Whether a rollout may still change. */
export function isRunning(rollout: Rollout): boolean {
  return !isEnded(rollout.phase);
}

/** What tells two rollouts apart. */
export function rolloutId(rollout: Rollout): string {
  return rollout.id;
}
