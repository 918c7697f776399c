import { VirtualTime } from '../time/VirtualTime';
import { Happening } from './Happening';

/** One request of a replica to something outside of it. */
export interface Call {
  readonly replica: string;
  readonly to: 'database' | 'cluster' | 'metrics';
  /** `patch`, `commit`, `query`. */
  readonly verb: string;
  /** Of the object in a cluster: `HTTPRoute`. */
  readonly kind?: string;
  readonly isWrite: boolean;
}

/** Whether a happening concerns a call. */
export type Concerns = (call: Call) => boolean;

interface Open {
  readonly happening: Happening;
  readonly until: number;
  readonly concerns: Concerns;
  counted: boolean;
}

/** What is wrong just now, and how often each kind really struck. */
export class Faults {
  /** By kind: those that made a difference to somebody. */
  readonly injected: Record<string, number> = {};
  private windows: Open[] = [];
  private traps: Open[] = [];
  /** The last moment at which anything was wrong. */
  private wrongUntil: number;

  constructor(private readonly time: VirtualTime) {
    this.wrongUntil = time.now;
  }

  /** From now on until its end. */
  open(happening: Happening, concerns: Concerns = () => true): void {
    const until = this.time.now + happening.forMs;
    this.wrongUntil = Math.max(this.wrongUntil, until);
    this.windows.push({ happening, until, concerns, counted: false });
  }

  /** Strikes the next call that it concerns, once. */
  lay(happening: Happening, concerns: Concerns): void {
    const until = Infinity;
    this.traps.push({ happening, until, concerns, counted: false });
  }

  /** The window of this kind that is open for the call. */
  during(kind: string, call?: Call): Happening | undefined {
    const { now } = this.time;
    if (this.windows.length === 0) return undefined;
    const found = this.windows.find(
      one =>
        one.happening.kind === kind &&
        one.until > now &&
        (!call || one.concerns(call)),
    );
    if (found && !found.counted) {
      found.counted = true;
      this.count(kind);
    }
    return found?.happening;
  }

  /** The trap of this kind that the call walks into. */
  spring(kind: string, call: Call): Happening | undefined {
    if (this.traps.length === 0) return undefined;
    const found = this.traps.find(
      one => one.happening.kind === kind && one.concerns(call),
    );
    if (!found) return undefined;
    this.traps = this.traps.filter(one => one !== found);
    this.count(kind);
    this.disturb();
    return found.happening;
  }

  /** A kind made a difference. */
  count(kind: string): void {
    this.injected[kind] = (this.injected[kind] ?? 0) + 1;
  }

  /** Something was wrong until now, or will be for so long. */
  disturb(forMs = 0): void {
    this.wrongUntil = Math.max(this.wrongUntil, this.time.now + forMs);
  }

  /** Takes every trap away that nobody walked into, and ends every window. */
  heal(): void {
    this.traps = [];
    this.windows = [];
    this.wrongUntil = Math.min(this.wrongUntil, this.time.now);
  }

  /** For how long nothing has been wrong. */
  get calmMs(): number {
    return this.time.now - this.wrongUntil;
  }
}
