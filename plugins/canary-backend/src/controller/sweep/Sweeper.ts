import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { isEnded } from 'backstage-plugin-canary-common';
import { Clock } from 'backstage-plugin-canary-node';
import { withTimeout } from '../../clock';
import { Engine } from '../../rollout';
import { EndedRollout, RolloutStore } from '../../store';
import { CanaryTelemetry } from '../../telemetry';
import { Heartbeat } from '../replica/Heartbeat';
import { proposeOwner, reaching } from '../replica/proposeOwner';

/**
 * So long after a rollout's end its cluster is looked at again. A write is given
 * up after ten seconds, and an API server ends it after a minute at most; the
 * second look is for what a proxy held up, or an API that was restarting.
 */
const LOOKS_MS = [30_000, 300_000];
/** What ended before that is left to the next start. */
const WITHIN_MS = 3_600_000;
/** Time between two looks at the database. */
const EVERY_MS = 10_000;
const PATIENCE_MS = 30_000;

/** What a sweeper is made of. */
export interface SweeperOptions {
  readonly rollouts: Pick<RolloutStore, 'endedSince' | 'get'>;
  readonly sweep: Engine['sweep'];
  readonly heartbeat: Pick<Heartbeat, 'owner' | 'live' | 'assertProven'>;
  readonly clock: Clock;
  readonly logger: Pick<LoggerService, 'info' | 'warn'>;
  readonly telemetry: Pick<CanaryTelemetry, 'swept'>;
}

/**
 * Looks twice, after the end of each rollout, for objects of it that arrived
 * late. The database says which ones ended, so that a restart forgets none; it
 * only makes the looks that are due be done again. Of several replicas the one
 * does it to which the rollout would belong, and where two do, nothing is lost.
 *
 * An ended rollout never changes: what was removed is told by the log and by a
 * counter, not by its history.
 */
export class Sweeper {
  /** How many looks at a rollout are done. */
  private done = new Map<string, number>();
  /** Rollouts whose last look failed, which was said. */
  private failing = new Set<string>();
  private lookedMs = -Infinity;
  private looking = false;

  constructor(private readonly options: SweeperOptions) {}

  /** Looks where it is time to; asked as often as one likes. */
  async look(signal: AbortSignal): Promise<void> {
    const { clock } = this.options;
    const isSoon = clock.monotonicMs() - this.lookedMs < EVERY_MS;
    if (isSoon || this.looking) return;
    this.looking = true;
    try {
      await this.lookAtEnded(signal);
    } finally {
      this.looking = false;
      this.lookedMs = clock.monotonicMs();
    }
  }

  private async lookAtEnded(signal: AbortSignal): Promise<void> {
    const { clock, rollouts } = this.options;
    const now = clock.now();
    const ended = await rollouts.endedSince(now - WITHIN_MS);
    const ids = new Set(ended.map(({ id }) => id));
    this.done = new Map([...this.done].filter(([id]) => ids.has(id)));
    this.failing = new Set([...this.failing].filter(id => ids.has(id)));
    for (const one of ended) {
      const due = LOOKS_MS.filter(ms => one.finishedAt + ms <= now).length;
      const isDone = (this.done.get(one.id) ?? 0) >= due;
      if (isDone || !this.isOurs(one)) continue;
      if (signal.aborted) return;
      if (await this.sweep(one.id, signal)) this.done.set(one.id, due);
    }
  }

  private isOurs({ id, cluster }: EndedRollout): boolean {
    const { live, owner } = this.options.heartbeat;
    return proposeOwner(id, reaching(cluster, live)) === owner;
  }

  /** Whether it was done; where it was not it is tried again. */
  private async sweep(id: string, signal: AbortSignal): Promise<boolean> {
    const { rollouts, sweep, heartbeat, clock } = this.options;
    const { logger, telemetry } = this.options;
    try {
      const stored = await rollouts.get(id);
      if (!stored || !isEnded(stored.state.phase)) return true;
      const limits = { clock, timeoutMs: PATIENCE_MS, signal };
      const removed = await withTimeout(limits, end =>
        sweep(stored.state, heartbeat, end),
      );
      this.failing.delete(id);
      if (removed.length === 0) return true;
      telemetry.swept(removed.length);
      logger.info(
        `Removed ${removed.join(
          ', ',
        )}, which arrived after the end of rollout ${id}`,
      );
      return true;
    } catch (error) {
      if (!this.failing.has(id) && !signal.aborted) {
        logger.warn(
          `Failed to remove what arrived after the end of rollout ${id}; trying again`,
          toError(error),
        );
      }
      this.failing.add(id);
      return false;
    }
  }
}
