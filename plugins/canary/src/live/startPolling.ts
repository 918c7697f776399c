/** A running loop of requests. */
export interface Polling<T> {
  /** Loads now and resolves when a load that began after this call has ended. */
  refresh(): Promise<void>;
  /** Something has changed: loads soon, but not more often than `minSpacingMs`. */
  nudge(): void;
  /**
   * Takes in news that came another way, such as the answer to a command:
   * changes what is shown at once, and what a load under way will bring, which
   * may be older. A change that gives back what it was given changes nothing.
   */
  take(change: (value: T) => T): void;
  stop(): void;
}

/** What {@link startPolling} needs. */
export interface PollingOptions<T> {
  load: () => Promise<T>;
  onValue: (value: T, seenAt: number) => void;
  onError: (error: Error) => void;
  /** Pause until the next load, by what was seen last and how many loads have failed since. */
  pauseMs: (last: T | undefined, failures: number) => number;
  /** Shortest time between the starts of two loads that a nudge may cause. */
  minSpacingMs: number;
  /** A load that takes longer has failed: a dead connection says nothing by itself. */
  timeoutMs: number;
}

/**
 * Loads a value over and over: one request at a time, none while the page is
 * hidden, and at once when it is shown again.
 */
export function startPolling<T>(options: PollingOptions<T>): Polling<T> {
  let stopped = false;
  let failures = 0;
  let last: T | undefined;
  let startedAt = -Infinity;
  let nudged = false;
  let taken: ((value: T) => T)[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let queued: Promise<void> | undefined;

  const once = async () => {
    clearTimeout(timer);
    startedAt = Date.now();
    nudged = false;
    taken = [];
    try {
      const loaded = await inTime(options.load(), options.timeoutMs);
      last = taken.reduce<T>((value, change) => change(value), loaded);
      failures = 0;
      if (!stopped) options.onValue(last, Date.now());
    } catch (error) {
      failures += 1;
      if (!stopped) options.onError(error as Error);
    }
  };

  async function begin() {
    queued = undefined;
    // The page may have been hidden since this load was asked for.
    if (stopped || document.hidden) return;
    running = once();
    await running;
    running = undefined;
    // A queued load begins by itself.
    if (!queued) sleep(options.pauseMs(last, failures));
  }

  async function run(): Promise<void> {
    if (stopped || document.hidden) return undefined;
    if (!running) return begin();
    queued ??= running.then(begin);
    return queued;
  }

  function sleep(ms: number) {
    clearTimeout(timer);
    if (!stopped && !document.hidden) timer = setTimeout(run, ms);
  }

  const onVisibilityChange = () => {
    if (document.hidden) clearTimeout(timer);
    else run();
  };

  document.addEventListener('visibilitychange', onVisibilityChange);
  run();

  return {
    refresh: run,
    nudge: () => {
      const waitMs = startedAt + options.minSpacingMs - Date.now();
      if (waitMs <= 0 || running) {
        run();
        return;
      }
      nudged = true;
      sleep(waitMs);
    },
    take: change => {
      taken.push(change);
      if (stopped || last === undefined) return;
      const next = change(last);
      if (next === last) return;
      last = next;
      failures = 0;
      options.onValue(next, Date.now());
      // What a nudge told may be newer still.
      if (!running && !nudged) sleep(options.pauseMs(next, failures));
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibilityChange);
    },
  };
}

/** The answer, or an error once it is too late. */
async function inTime<T>(answer: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${timeoutMs / 1000} s`)),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
