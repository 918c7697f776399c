import { useApi } from '@backstage/core-plugin-api';
import { isEnded, Page, Rollout } from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../api';
import { ACTIVE_MS, IDLE_MS, SIGNALLED_MS } from './pace';
import { useCanarySignal } from './useCanarySignal';
import { Live, useLive } from './useLive';
import { pageWith } from './withAnswer';

/** How many rollouts of an entity are followed at once: a page of its history. */
export const ENTITY_PAGE_SIZE = 10;

/** The newest rollouts of an entity. */
export interface EntityRollouts {
  readonly live: Live<Page<Rollout>>;
  /** The running rollout, or the latest when none runs. */
  readonly current?: Rollout;
  /** Shows what a start or a command answered. */
  readonly onAnswered: (answer: Rollout) => void;
}

/** Follows the rollouts of an entity: briskly while one runs, calmly else. */
export function useEntityRollouts(entityRef: string): EntityRollouts {
  const api = useApi(canaryApiRef);
  const signals = useCanarySignal({ entityRef });
  const live = useLive<Page<Rollout>>({
    key: entityRef,
    load: () => api.listRollouts({ entityRef, limit: ENTITY_PAGE_SIZE }),
    pauseMs: page => (page?.items.some(isRunning) ? pace(signals) : IDLE_MS),
    signals,
  });
  const items = live.value?.items ?? [];
  return {
    live,
    current: items.find(isRunning) ?? items[0],
    onAnswered: answer => live.take(page => pageWith(page, answer)),
  };
}

/** How long to wait between two looks at what moves. */
export function pace(signals: number): number {
  return signals > 0 ? SIGNALLED_MS : ACTIVE_MS;
}

/** Whether a rollout may still change. */
export function isRunning(rollout: Rollout): boolean {
  return !isEnded(rollout.phase);
}
