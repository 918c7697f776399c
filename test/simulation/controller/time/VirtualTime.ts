/** Something that will happen. */
export interface Scheduled {
  cancel(): void;
}

interface Entry extends Scheduled {
  readonly at: number;
  readonly order: number;
  run: (() => unknown) | undefined;
}

/** When every simulation begins: 2026-01-01. */
export const BEGIN = Date.UTC(2026, 0, 1);

/**
 * Time that only events move. One event after the other happens, each at its
 * instant and, at the same one, in the order in which it was asked for; between
 * two of them everything that was promised and needs no time has settled.
 * Nothing here waits for the machine's time, so that the same requests come in
 * the same order however busy it is.
 */
export class VirtualTime {
  /** Epoch milliseconds. */
  now = BEGIN;
  /** How many have happened. */
  events = 0;
  private readonly heap: Entry[] = [];
  private orders = 0;

  /** At this instant, or now where it is past. */
  at(instant: number, run: () => unknown): Scheduled {
    const entry: Entry = {
      at: Math.max(this.now, instant),
      order: this.orders++,
      run,
      cancel() {
        entry.run = undefined;
      },
    };
    this.push(entry);
    return entry;
  }

  /** So much later. */
  after(ms: number, run: () => unknown): Scheduled {
    return this.at(this.now + ms, run);
  }

  /** The next event, and all that follows from it at once; false when nothing is left before the instant. */
  async next(until: number): Promise<boolean> {
    for (;;) {
      const entry = this.heap[0];
      if (!entry || entry.at > until) return false;
      this.pop();
      const { run } = entry;
      if (!run) continue;
      this.now = entry.at;
      this.events++;
      const doing = run();
      // A database that really answers is waited for; virtual time stands still.
      if (doing instanceof Promise) await doing;
      await settled();
      return true;
    }
  }

  private push(entry: Entry): void {
    const { heap } = this;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const above = Math.floor((index - 1) / 2);
      if (!isBefore(heap[index], heap[above])) break;
      [heap[index], heap[above]] = [heap[above], heap[index]];
      index = above;
    }
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    heap[0] = last;
    let index = 0;
    for (;;) {
      let first = index;
      for (const below of [2 * index + 1, 2 * index + 2]) {
        if (below < heap.length && isBefore(heap[below], heap[first])) {
          first = below;
        }
      }
      if (first === index) return;
      [heap[index], heap[first]] = [heap[first], heap[index]];
      index = first;
    }
  }
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

/** All promises that wait for nothing but each other are kept once the loop turns. */
export function settled(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(resolve);
  });
}
