import { toError } from '@backstage/errors';
import { Plan } from 'backstage-plugin-canary-common';
import { Clock } from 'backstage-plugin-canary-node';
import { Observation, Ownership, RolloutState } from '../../rollout';
import {
  awaitsPerform,
  awaitsPerformed,
  MachineContext,
} from '../../state-machine';
import { idempotencyKeyOf, performStep, Send } from './performStep';

/** How long after a failed attempt there is another one; the last of them from then on. */
const RETRY_MS = [1_000, 2_000, 5_000, 10_000];

/** What runs for the current step of one rollout, or has run. */
interface Work {
  readonly key: string;
  readonly end: AbortController;
  isRunning: boolean;
  failures: number;
  told?: Observation['performed'];
}

/**
 * The steps' own I/O. It runs beside the ticks, so that however long the other
 * side takes, every danger is seen meanwhile; what has become of it is an
 * observation like any other.
 *
 * - `apply` begins it, as any effect: the step stands by a committed decision,
 *   and the rollout is proven to be this replica's. There is one attempt at a
 *   time, and after a failure another one a little later.
 * - The end of an attempt is news, which wakes the controller, and `observe`
 *   tells how it ended, in a pause too, which begins none and ends none.
 * - `apply` of a rollout that has left the step, and `leave`, end it, and nobody
 *   hears of it again.
 *
 * Nothing of it is stored: after a crash, or at another replica, it is done once
 * more, with the same idempotency key.
 */
export class StepWork {
  /** By rollout; of its current step, while that has no result by a committed decision. */
  private readonly works = new Map<string, Work>();
  private tell: (rolloutId: string) => void = () => {};

  constructor(
    private readonly deps: {
      readonly machineContext: (plan: Plan) => MachineContext;
      readonly send: Send;
      readonly clock: Pick<Clock, 'now'>;
    },
  ) {}

  /** Whom to tell that an attempt has ended. */
  onNews(tell: (rolloutId: string) => void): void {
    this.tell = tell;
  }

  /** What has become of the current step's work; undefined as long as no attempt has ended. */
  observe(rollout: RolloutState): Observation['performed'] {
    return this.find(rollout)?.told;
  }

  /**
   * Brings what runs into line with a committed state.
   *
   * @throws where there is something to begin, and no right to any more
   */
  apply(
    rollout: RolloutState,
    ownership: Pick<Ownership, 'assertProven'>,
    signal: AbortSignal,
  ): void {
    const { id, plan } = rollout;
    if (!this.find(rollout)) this.leave(id);
    const context = this.deps.machineContext(plan);
    if (!awaitsPerform(rollout, context)) return;

    const work = this.works.get(id) ?? {
      key: idempotencyKeyOf(rollout),
      end: new AbortController(),
      isRunning: false,
      failures: 0,
    };
    if (!this.isDue(work)) return;
    signal.throwIfAborted();
    ownership.assertProven();
    this.works.set(id, work);
    void this.attempt(rollout, context, work);
  }

  /** The rollout ended, or is none of this replica's any more. */
  leave(rolloutId: string): void {
    this.works.get(rolloutId)?.end.abort();
    this.works.delete(rolloutId);
  }

  private find(rollout: RolloutState): Work | undefined {
    const work = this.works.get(rollout.id);
    const isCurrent =
      work?.key === idempotencyKeyOf(rollout) && awaitsPerformed(rollout);
    return isCurrent ? work : undefined;
  }

  private isDue({ isRunning, told }: Work): boolean {
    if (isRunning) return false;
    if (!told) return true;
    return 'error' in told && this.deps.clock.now() >= told.retryAt;
  }

  private async attempt(
    rollout: RolloutState,
    context: MachineContext,
    work: Work,
  ): Promise<void> {
    const { signal } = work.end;
    work.isRunning = true;
    const told = await performStep(
      rollout,
      context,
      this.deps.send,
      signal,
    ).then(
      value => ({ value }),
      error => ({
        error: toError(error).message,
        retryAt: this.deps.clock.now() + retryMs(work.failures),
      }),
    );
    if (signal.aborted) return;
    work.isRunning = false;
    work.failures += 1;
    work.told = told;
    this.tell(rollout.id);
  }
}

function retryMs(failures: number): number {
  return RETRY_MS[Math.min(failures, RETRY_MS.length - 1)];
}
