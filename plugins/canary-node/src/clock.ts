/**
 * Time, handed in like every other service, so that a test can move it: code
 * that waits or measures asks this one and never the process.
 *
 * @public
 */
export interface Clock {
  /** The present instant, epoch milliseconds. It jumps when somebody sets the time. */
  now(): number;
  /** Milliseconds since some moment; never goes back, so that lengths of time are measured by it. */
  monotonicMs(): number;
  /** Resolves after `ms`, or as soon as the signal aborts. A sleep alone never keeps the process alive. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
