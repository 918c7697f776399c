/** What was waited for took longer than it may. */
export class TimeoutError extends Error {
  readonly name = 'TimeoutError';

  constructor(timeoutMs: number) {
    super(`No answer within ${timeoutMs} ms`);
  }
}
