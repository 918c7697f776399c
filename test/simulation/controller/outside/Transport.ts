import { SimulatedProcess } from '../SimulatedProcess';
import { Call, Faults } from '../faults/Faults';
import { Chance } from '../time/Chance';
import { Scheduled, VirtualTime } from '../time/VirtualTime';

/** How one kind of request behaves when nothing is wrong. */
export interface Manners {
  /** Longest way there or back, milliseconds. */
  readonly wayMs: number;
  /** The client gives up then; absent where it waits for ever. */
  readonly timeoutMs?: number;
  /** What the client rejects with when nothing came, and when the connection broke. */
  readonly failure: (why: string) => Error;
  /** Ends waiting, with its reason. */
  readonly signal?: AbortSignal;
}

/** Sends requests of processes to what is outside of them, through everything that can go wrong on the way. */
export class Transport {
  /** Grows when the database's connections die. */
  private connections = 0;
  private databaseAwayUntil = -Infinity;

  constructor(
    private readonly time: VirtualTime,
    private readonly faults: Faults,
    private readonly chance: Chance,
    private readonly crash: (replica: SimulatedProcess) => void,
  ) {}

  /** Every connection to the database dies; new ones are refused for so long. */
  failOver(awayMs: number): void {
    this.connections++;
    this.databaseAwayUntil = this.time.now + awayMs;
  }

  /** Never settles for a process that has died meanwhile. */
  send<T>(
    process: SimulatedProcess,
    call: Call,
    serve: () => T | Promise<T>,
    manners: Manners,
  ): Promise<T> {
    const { time, faults, chance } = this;
    const { signal, timeoutMs, failure, wayMs } = manners;
    return new Promise<T>((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      if (faults.spring('crash before', call)) {
        this.crash(process);
        return;
      }
      let open = true;
      let timeout: Scheduled | undefined;
      const end = (settle: () => void) => {
        if (!open) return;
        open = false;
        timeout?.cancel();
        signal?.removeEventListener('abort', leave);
        settle();
      };
      const answer = (ms: number, settle: () => void) =>
        time.after(ms, () => process.deliver(() => end(settle)));
      function leave() {
        end(() => reject(signal!.reason));
      }
      signal?.addEventListener('abort', leave, { once: true });
      if (timeoutMs !== undefined) {
        timeout = answer(timeoutMs, () =>
          reject(failure(`no answer within ${timeoutMs} ms`)),
        );
      }
      const broken = (ms: number, why: string) =>
        answer(ms, () => reject(failure(why)));

      const cut = faults.during('cut', call);
      if (cut) {
        if (cut.what === 'refused') broken(2, 'connection refused');
        else if (timeoutMs === undefined)
          broken(30_000, 'connection timed out');
        return;
      }
      const isJumbled = faults.during('reordering', call) !== undefined;
      const isSlow = faults.during('slow database', call) !== undefined;
      const longest = Math.max(
        wayMs,
        isJumbled ? 3_000 : 0,
        isSlow ? 1_500 : 0,
      );
      const connection = this.connections;
      let thereMs = chance.between(1, longest);
      const late = faults.spring('late write', call);
      if (late) thereMs += late.amount;
      const stopped = faults.spring('stop at a write', call);
      if (stopped) {
        process.stop(stopped.forMs);
        faults.disturb(stopped.forMs);
        thereMs += stopped.forMs;
      }
      const isLost = () =>
        call.to === 'database' &&
        (connection !== this.connections || time.now < this.databaseAwayUntil);

      time.after(thereMs, async () => {
        if (isLost()) {
          broken(1, 'Connection terminated unexpectedly');
          return;
        }
        const hanging = faults.during('hang', call);
        if (hanging) {
          if (hanging.what === 'applied' && call.isWrite) await serve();
          if (timeoutMs === undefined) broken(30_000, 'connection timed out');
          return;
        }
        let settle: () => void;
        try {
          const served = serve();
          const value = served instanceof Promise ? await served : served;
          settle = () => resolve(value);
        } catch (error) {
          settle = () => reject(error);
        }
        if (faults.spring('crash after', call)) {
          this.crash(process);
          return;
        }
        const lost = faults.spring('lost answer', call);
        if (lost) {
          if (lost.what === 'reset' || timeoutMs === undefined) {
            broken(lost.amount, 'Connection terminated unexpectedly');
          }
          return;
        }
        const backMs = chance.between(1, longest);
        answer(backMs, () => {
          if (isLost() && connection !== this.connections) {
            reject(failure('Connection terminated unexpectedly'));
          } else settle();
        });
      });
    });
  }
}
