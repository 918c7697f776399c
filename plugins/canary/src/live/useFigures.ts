import { useApi } from '@backstage/core-plugin-api';
import { Figures, FiguresQuery } from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../api';
import { FIGURES_MS, IDLE_MS } from './pace';
import { useCanarySignal } from './useCanarySignal';
import { Live, useLive } from './useLive';

/** Follows the numbers of a selection of rollouts. */
export function useFigures(query: FiguresQuery): Live<Figures> {
  const api = useApi(canaryApiRef);
  return useLive<Figures>({
    key: JSON.stringify(query),
    load: () => api.getFigures(query),
    pauseMs: () => IDLE_MS,
    signals: useCanarySignal(),
    minSpacingMs: FIGURES_MS,
  });
}
