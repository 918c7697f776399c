import { Clock } from 'backstage-plugin-canary-node';

/** One question for the time, asked of a database. */
export interface TimeAnswer {
  /** Of our monotonic clock, before the question was sent and after its answer came. */
  readonly sentMs: number;
  readonly receivedMs: number;
  /** Epoch milliseconds, as the database says. */
  readonly now: number;
}

/** So many answers are compared for the quickest. */
const REMEMBERED = 30;

/** More than an answer can be wrong by: somebody set a clock. */
const SET_MS = 50;

/**
 * The time of a database, between its answers told by our monotonic clock: what
 * replicas write and compare is one time, however wrong theirs are. An answer
 * is wrong by half of its way at most, so that the quickest of the last ones is
 * believed, unless a later one proves that the database's clock was set.
 *
 * Before the first answer it is the process's own time.
 */
export class DatabaseClock implements Clock {
  private answers: TimeAnswer[] = [];
  private best: TimeAnswer | undefined;

  constructor(private readonly process: Clock) {}

  readonly now = (): number => {
    const { best } = this;
    return best
      ? Math.round(timeOf(best) + this.monotonicMs() - best.receivedMs)
      : this.process.now();
  };

  readonly monotonicMs = (): number => this.process.monotonicMs();

  readonly sleep: Clock['sleep'] = (ms, signal) =>
    this.process.sleep(ms, signal);

  /** How far the process's own clock is ahead of the database's. */
  get offsetMs(): number {
    return this.process.now() - this.now();
  }

  /** Learns from an answer. */
  learn(answer: TimeAnswer): void {
    const { best } = this;
    const expected = best && timeOf(best) + answer.receivedMs - best.receivedMs;
    const wasSet =
      expected !== undefined &&
      Math.abs(timeOf(answer) - expected) >
        doubtOf(answer) + doubtOf(best!) + SET_MS;
    this.answers = wasSet
      ? [answer]
      : [...this.answers.slice(1 - REMEMBERED), answer];
    this.best = this.answers.reduce((one, other) =>
      doubtOf(other) <= doubtOf(one) ? other : one,
    );
  }
}

/** The time when the answer came, taken from the middle of its way. */
function timeOf(answer: TimeAnswer): number {
  return answer.now + doubtOf(answer);
}

function doubtOf({ sentMs, receivedMs }: TimeAnswer): number {
  return (receivedMs - sentMs) / 2;
}
