import { Clock } from 'backstage-plugin-canary-node';
import fc from 'fast-check';
import { DatabaseClock } from './DatabaseClock';

const MINUTE = 60_000;

/** A process whose wall clock is so much ahead of the database's. */
function open(aheadMs: number) {
  const time = { monotonicMs: 5_000, aheadMs, databaseAt: 1_800_000_000_000 };
  const process: Clock = {
    now: () => time.databaseAt + time.monotonicMs + time.aheadMs,
    monotonicMs: () => time.monotonicMs,
    sleep: async () => {},
  };
  const clock = new DatabaseClock(process);
  const truth = () => time.databaseAt + time.monotonicMs;
  const pass = (ms: number) => {
    time.monotonicMs += ms;
  };
  /** Asks, with so long a way to the database and back. */
  const ask = (thereMs: number, backMs: number) => {
    const sentMs = time.monotonicMs;
    pass(thereMs);
    const now = truth();
    pass(backMs);
    clock.learn({ sentMs, receivedMs: time.monotonicMs, now });
  };
  return { time, clock, truth, pass, ask };
}

describe('DatabaseClock', () => {
  it('is the process’s clock before it knows better', () => {
    const { clock, truth } = open(2 * MINUTE);
    expect(clock.now()).toBe(truth() + 2 * MINUTE);
  });

  it.each([-2 * MINUTE, 0, 2 * MINUTE])(
    'tells the database’s time where the process is %s ms ahead',
    aheadMs => {
      const { clock, truth, pass, ask } = open(aheadMs);
      ask(4, 4);
      pass(10_000);
      expect(clock.now()).toBe(truth());
      expect(clock.offsetMs).toBe(aheadMs);
    },
  );

  it('is not moved by somebody who sets the process’s clock', () => {
    const { time, clock, truth, pass, ask } = open(0);
    ask(2, 2);
    time.aheadMs = 60 * MINUTE;
    pass(1_000);
    expect(clock.now()).toBe(truth());
  });

  it('follows a database whose clock is set', () => {
    const { time, clock, truth, ask } = open(0);
    ask(2, 2);
    time.databaseAt += MINUTE;
    ask(20, 20);
    expect(clock.now()).toBe(truth());
  });

  it('is never further off than half of the quickest answer’s way', () => {
    const way = fc.nat({ max: 400 });
    fc.assert(
      fc.property(
        fc.integer({ min: -MINUTE, max: MINUTE }),
        fc.array(fc.tuple(way, way), { minLength: 1, maxLength: 60 }),
        (aheadMs, ways) => {
          const { clock, truth, pass, ask } = open(aheadMs);
          for (const [there, back] of ways) {
            ask(there, back);
            pass(1_000);
          }
          const quickest = Math.min(
            ...ways.slice(-30).map(([there, back]) => there + back),
          );
          const off = Math.abs(clock.now() - truth());
          expect(off).toBeLessThanOrEqual(quickest / 2 + 1);
        },
      ),
    );
  });
});
