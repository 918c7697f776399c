import { useApi } from '@backstage/core-plugin-api';
import { Rollout } from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../api';
import { IDLE_MS } from './pace';
import { useCanarySignal } from './useCanarySignal';
import { isRunning, pace } from './useEntityRollouts';
import { TakingLive, useLive } from './useLive';

/** Follows one rollout by its id. */
export function useRollout(id: string): TakingLive<Rollout> {
  const api = useApi(canaryApiRef);
  const signals = useCanarySignal({ rolloutId: id });
  return useLive<Rollout>({
    key: id,
    load: () => api.getRollout(id),
    pauseMs: rollout =>
      rollout && isRunning(rollout) ? pace(signals) : IDLE_MS,
    signals,
  });
}
