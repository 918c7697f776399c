import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../Controller';

/** The process's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    sleep(ms, undefined, { signal }).catch(() => undefined),
};
