import { Clock } from './Clock';

interface Alarm {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  private readonly alarms = new Set<Alarm>();

  constructor(private time = Date.UTC(2026, 0, 1)) {}

  now() {
    return this.time;
  }

  after(ms: number, callback: () => void) {
    const alarm = { at: this.time + ms, callback };
    this.alarms.add(alarm);
    return () => {
      this.alarms.delete(alarm);
    };
  }

  /** Moves on by `ms`, ringing every alarm on the way in its order. */
  advance(ms: number) {
    const end = this.time + ms;
    for (;;) {
      const [next] = [...this.alarms]
        .filter(alarm => alarm.at <= end)
        .sort((a, b) => a.at - b.at);
      if (!next) break;
      this.alarms.delete(next);
      this.time = Math.max(this.time, next.at);
      next.callback();
    }
    this.time = end;
  }
}
