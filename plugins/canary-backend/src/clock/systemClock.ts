import { Clock } from 'backstage-plugin-canary-node';
import { setTimeout as sleep } from 'node:timers/promises';

/** The process's own time. Only the composition root knows it; everybody else is handed a `Clock`. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) =>
    sleep(ms, undefined, { signal, ref: false }).catch(() => undefined),
};
