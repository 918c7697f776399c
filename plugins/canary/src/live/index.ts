export { ACTIVE_MS, CALM_MS, FIGURES_MS, IDLE_MS } from './pace';
export { useCanarySignal } from './useCanarySignal';
export {
  ENTITY_PAGE_SIZE,
  isRunning,
  pace,
  useEntityRollouts,
} from './useEntityRollouts';
export { useEvents } from './useEvents';
export { useFigures } from './useFigures';
export { useLive } from './useLive';
export type { Live } from './useLive';
export { MOST_MEASUREMENTS, useMeasurements } from './useMeasurements';
export { useNow } from './useNow';
export { usePages } from './usePages';
export type { Pages } from './usePages';
export { useRollout } from './useRollout';
export { useRolloutPages } from './useRolloutPages';
export { newerOf } from './withAnswer';
