import { Clock } from 'backstage-plugin-canary-node';
import { Instant } from '../../rollout';

interface Sleeper {
  readonly wakeAt: Instant;
  readonly wake: () => void;
  /** Its signal aborted: nothing is left to wake. */
  left?: boolean;
}

/** Time that only moves when a test says so. */
export class SimulatedClock implements Clock {
  private sleepers: Sleeper[] = [];

  constructor(private time: Instant = Date.UTC(2026, 0, 1)) {}

  now(): Instant {
    return this.time;
  }

  monotonicMs(): number {
    return this.time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise(resolve => {
      const sleeper: Sleeper = {
        wakeAt: this.time + ms,
        wake: () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      function leave() {
        sleeper.left = true;
        resolve();
      }
      signal?.addEventListener('abort', leave, { once: true });
      this.sleepers.push(sleeper);
    });
  }

  /** Moves time on, waking every sleeper at its own instant. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      await settle();
      const next = this.sleepers
        .filter(sleeper => !sleeper.left && sleeper.wakeAt <= end)
        .sort((a, b) => a.wakeAt - b.wakeAt)[0];
      if (!next) break;
      this.sleepers = this.sleepers.filter(one => one !== next);
      this.time = Math.max(this.time, next.wakeAt);
      next.wake();
    }
    this.time = end;
    this.sleepers = this.sleepers.filter(({ left }) => !left);
    await settle();
  }
}

/** Lets everything that can go on without time go on; SQLite answers within it. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await new Promise(resolve => setImmediate(resolve));
  }
}
