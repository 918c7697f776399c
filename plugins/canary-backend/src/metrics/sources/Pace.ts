import { Clock } from 'backstage-plugin-canary-node';

/** Statuses that say "later" and nothing of the question itself. */
const LATER: readonly number[] = [429, 502, 503, 504];

/** How often one question is repeated at most. */
const REPETITIONS = 2;

const FIRST_BACKOFF_MS = 200;

/** The longest pause that a server may ask for; after it, it is asked once more. */
const LONGEST_REST_MS = 5 * 60_000;

/** An answer, as far as it tells when to ask again. */
interface Answered {
  readonly status: number;
  readonly headers: Headers;
}

/**
 * How quickly a server is asked again. What fails for the moment is repeated
 * after a random pause, so that many askers do not come back together; who
 * limits the rate is left alone for as long as it says, by every question.
 */
export class Pace {
  private restUntil = 0;

  constructor(
    private readonly options: {
      /** From 0 up to 1. */
      readonly random: () => number;
      readonly clock: Pick<Clock, 'now' | 'sleep'>;
    },
  ) {}

  /** Milliseconds for which the server wants no question; 0 when it may be asked. */
  restMs(): number {
    return Math.max(0, this.restUntil - this.now());
  }

  /**
   * Milliseconds to wait before this question is asked again, or undefined when
   * the answer is to be taken as it is.
   *
   * @param attempt - how often the question was repeated already
   */
  pauseAfter(answer: Answered, attempt: number): number | undefined {
    if (!LATER.includes(answer.status)) return undefined;
    const asked = this.askedRestMs(answer);
    if (answer.status === 429 || asked !== undefined) {
      this.restUntil = this.now() + (asked ?? this.backoffMs(attempt));
    }
    if (attempt >= REPETITIONS) return undefined;
    return asked ?? this.backoffMs(attempt);
  }

  /** Resolves after so many milliseconds; rejects when the signal aborts. */
  async pause(ms: number, signal: AbortSignal): Promise<void> {
    await this.options.clock.sleep(ms, signal);
    signal.throwIfAborted();
  }

  private backoffMs(attempt: number): number {
    return this.options.random() * FIRST_BACKOFF_MS * 2 ** attempt;
  }

  /** `Retry-After` in seconds or as a date; Datadog names its reset instead. */
  private askedRestMs({ headers }: Answered): number | undefined {
    const text = headers.get('retry-after') ?? headers.get('x-ratelimit-reset');
    if (text === null) return undefined;
    const ms = /^\s*\d+(\.\d+)?\s*$/.test(text)
      ? Number(text) * 1000
      : Date.parse(text) - this.now();
    if (!Number.isFinite(ms)) return undefined;
    return Math.min(Math.max(0, ms), LONGEST_REST_MS);
  }

  private now(): number {
    return this.options.clock.now();
  }
}
