import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { EventsService } from '@backstage/plugin-events-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { Clock } from 'backstage-plugin-canary-node';
import { withTimeout } from '../clock';
import { OutboxMessage, OutboxStore } from '../store';
import { OwnerNotice, RolloutChange } from './messages';
import { notifyOwners, NotifyServices } from './notifyOwners';
import { publishChange } from './publishChange';

/** Most deliveries under way; each is for itself. */
const MOST = 50;
/** After this the delivery is counted as failed, whatever the other side does. */
const TIMEOUT_MS = 5_000;
/**
 * How long others leave a taken message alone; outlasts the timeout and the
 * book-keeping. A crash hides what was under way for as long.
 */
const HOLD_MS = 10_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 300_000;
/** About half an hour of retries; later a person has learnt it from the page, and pages ask by themselves. */
const MAX_ATTEMPTS = 12;

type Deliver = (message: OutboxMessage) => Promise<void>;

/**
 * Carries committed messages to the world outside.
 *
 * A message is written in the transaction of the decision that caused it and
 * forgotten only after it arrived, so it arrives at least once, and after a
 * crash perhaps twice; one that nobody takes for half an hour is given up, so
 * that it does not hold back the later ones for ever. Those of one rollout and
 * topic arrive in order: one that failed holds back those behind it, and nobody
 * waits for a recipient of another. Replicas share the work, each message being
 * taken by one of them at a time.
 */
export class OutboxRelay {
  private running: Promise<void> | undefined;
  private stopped = false;
  private woken = false;
  private sleeping = new AbortController();
  private readonly underWay = new Set<Promise<void>>();

  private constructor(
    private readonly store: OutboxStore,
    private readonly deliverers: Record<OutboxMessage['topic'], Deliver>,
    private readonly logger: LoggerService,
    private readonly clock: Clock,
    private readonly intervalMs: number,
  ) {}

  /**
   * @param options.intervalMs - how often to look without being woken, for
   *   retries and for what other replicas left; default 5 s
   */
  static create(
    options: NotifyServices & {
      readonly store: OutboxStore;
      readonly signals: SignalsService;
      readonly events: EventsService;
      readonly clock: Clock;
      readonly intervalMs?: number;
    },
  ): OutboxRelay {
    return new OutboxRelay(
      options.store,
      {
        changed: ({ payload }) =>
          publishChange(payload as unknown as RolloutChange, options),
        notify: ({ payload }) =>
          notifyOwners(payload as unknown as OwnerNotice, options),
      },
      options.logger,
      options.clock,
      options.intervalMs ?? 5_000,
    );
  }

  /** Begins to deliver; a relay that was stopped stays so. */
  start(): void {
    this.running ??= this.loop();
  }

  /** Says that a message was committed: it is looked for at once. */
  wake(): void {
    this.woken = true;
    this.sleeping.abort();
  }

  /** Ends after the deliveries that are under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.sleeping.abort();
    await this.running;
    await Promise.all(this.underWay);
  }

  /** Delivers until nothing is due; rejects when the store cannot be reached. */
  async deliverDue(): Promise<void> {
    while (!this.stopped) {
      await this.begin();
      if (this.underWay.size === 0) return;
      // Whatever arrived makes room for others, and for what stood behind it.
      await Promise.race(this.underWay);
    }
  }

  /** Takes what is due, as far as there is room, and begins to deliver it. */
  private async begin(): Promise<void> {
    const limit = MOST - this.underWay.size;
    if (limit === 0) return;
    const messages = await this.store.claimOutbox({ limit, holdMs: HOLD_MS });
    for (const message of messages) {
      const delivery = this.deliver(message)
        .catch(error => this.complain(error))
        .finally(() => {
          this.underWay.delete(delivery);
          this.wake();
        });
      this.underWay.add(delivery);
    }
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      this.woken = false;
      await this.begin().catch(error => this.complain(error));
      await this.sleep();
    }
  }

  private complain(error: unknown): void {
    this.logger.warn(
      `Failed to read or settle messages about rollouts in the database; next attempt in ${this.intervalMs} ms`,
      toError(error),
    );
  }

  private async deliver(message: OutboxMessage): Promise<void> {
    try {
      const limits = { clock: this.clock, timeoutMs: TIMEOUT_MS };
      await withTimeout(limits, () => this.deliverers[message.topic](message));
    } catch (error) {
      const { id, topic, rolloutId, attempts } = message;
      if (attempts + 1 < MAX_ATTEMPTS) {
        const waitMs = Math.min(
          FIRST_RETRY_MS * 2 ** Math.min(attempts, 30),
          LONGEST_RETRY_MS,
        );
        this.logger.warn(
          `Failed to deliver a message (${topic}) about rollout ${rolloutId}; next attempt in ${waitMs} ms`,
          toError(error),
        );
        await this.store.markFailed(id, waitMs);
        return;
      }
      this.logger.error(
        `Failed to deliver a message (${topic}) about rollout ${rolloutId}; it is given up after ${MAX_ATTEMPTS} attempts`,
        toError(error),
      );
    }
    await this.store.markDelivered([message.id]);
  }

  private async sleep(): Promise<void> {
    if (this.woken || this.stopped) return;
    this.sleeping = new AbortController();
    await this.clock.sleep(this.intervalMs, this.sleeping.signal);
  }
}
