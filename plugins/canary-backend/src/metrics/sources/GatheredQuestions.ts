import { LoggerService } from '@backstage/backend-plugin-api';
import {
  Clock,
  MetricBuckets,
  MetricGroup,
  MetricReading,
  MetricSource,
  MetricSourceError,
} from 'backstage-plugin-canary-node';
import DataLoader from 'dataloader';
import { orAborted } from '../../clock';
import { ArmQuestion, messageOf } from '../reading/askArm';
import { QueryArguments } from '../reading/queryTemplate';

/** Looks of different rollouts that fall within this time ask together. */
const GATHER_MS = 50;

/** Arms in one request: its query and its answer stay within the limits of servers, and ours. */
const MOST_ARMS = 100;

/** For this long a template that could not be asked for many is not tried again. */
const REST_MS = 10 * 60_000;

/** What a group is asked for. */
interface Answers {
  readonly query: MetricReading;
  readonly queryBuckets: MetricBuckets;
}

type Batch = DataLoader<QueryArguments, unknown, string>;

/**
 * Questions of all rollouts of this process. Those that come within a moment
 * and differ by nothing but their arms become one request, where the source can
 * group; whoever cannot be answered so is asked alone, and so is everybody for
 * a while when such a request is refused.
 */
export class GatheredQuestions {
  private readonly batches = new Map<string, Batch | 'alone'>();
  private readonly resting = new Map<string, number>();

  constructor(
    private readonly options: {
      readonly logger: LoggerService;
      readonly clock: Pick<Clock, 'now' | 'sleep'>;
    },
  ) {}

  /**
   * The answer to an arm's question.
   *
   * @param name - of the source
   * @param kind - which of the source's questions it is
   * @param alone - asks for this arm only
   */
  async ask<K extends keyof Answers>(
    name: string,
    source: MetricSource,
    kind: K,
    question: ArmQuestion,
    alone: () => Promise<Answers[K]>,
  ): Promise<Answers[K]> {
    if (!source.group) return alone();
    const batch = this.batchOf(name, source, kind, question);
    if (batch === 'alone') return alone();
    const answer = await orAborted(batch.load(question.args), question.signal);
    return (answer as Answers[K] | undefined) ?? alone();
  }

  private batchOf(
    name: string,
    source: MetricSource,
    kind: keyof Answers,
    { template, window }: ArmQuestion,
  ): Batch | 'alone' {
    const subject = JSON.stringify([name, kind, template]);
    const key = JSON.stringify([subject, window.from, window.to]);
    const open = this.batches.get(key);
    if (open) return open;

    const group = this.isResting(subject) ? undefined : source.group!(template);
    const close = () => this.batches.delete(key);
    const batch = group?.[kind]
      ? this.newBatch(
          each => this.askGroup(name, subject, group, kind, { each, window }),
          close,
        )
      : 'alone';
    this.batches.set(key, batch);
    if (batch === 'alone') this.schedule(close);
    return batch;
  }

  private newBatch(
    answer: (each: readonly QueryArguments[]) => Promise<readonly unknown[]>,
    close: () => void,
  ): Batch {
    return new DataLoader(async each => [...(await answer(each))], {
      maxBatchSize: MOST_ARMS,
      cacheKeyFn: args => JSON.stringify(args),
      batchScheduleFn: dispatch =>
        this.schedule(() => {
          close();
          dispatch();
        }),
    });
  }

  private async askGroup(
    name: string,
    subject: string,
    group: MetricGroup,
    kind: keyof Answers,
    request: {
      readonly each: readonly QueryArguments[];
      readonly window: ArmQuestion['window'];
    },
  ): Promise<readonly unknown[]> {
    const { each } = request;
    const nobody = each.map(() => undefined);
    if (each.length === 1) return nobody;
    try {
      // Who no longer waits must not end it for the others; the source has its timeout.
      const { signal } = new AbortController();
      return await group[kind]!({ ...request, signal });
    } catch (error) {
      if (error instanceof MetricSourceError && error.unavailable) throw error;
      this.resting.set(subject, this.now() + REST_MS);
      this.options.logger.warn(
        `Failed to ask metrics source "${name}" for ${each.length} arms at once; ` +
          `for ${REST_MS / 60_000} minutes each is asked alone: ${messageOf(
            error,
          )}`,
      );
      return nobody;
    }
  }

  private isResting(subject: string): boolean {
    const until = this.resting.get(subject);
    if (until === undefined) return false;
    if (this.now() < until) return true;
    this.resting.delete(subject);
    return false;
  }

  private schedule(callback: () => void): void {
    void this.options.clock.sleep(GATHER_MS).then(callback);
  }

  private now(): number {
    return this.options.clock.now();
  }
}
