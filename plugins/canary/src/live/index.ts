export { ACTIVE_MS, IDLE_MS } from './pace';
export { useCanarySignal } from './useCanarySignal';
export {
  isRunning,
  pace,
  rolloutId,
  useEntityRollouts,
} from './useEntityRollouts';
export { useEvents } from './useEvents';
export { useLive } from './useLive';
export type { Live } from './useLive';
export { MOST_MEASUREMENTS, useMeasurements } from './useMeasurements';
export { useNow } from './useNow';
export { usePages } from './usePages';
export type { Pages } from './usePages';
export { useRollout } from './useRollout';
