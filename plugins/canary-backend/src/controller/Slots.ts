/** Lets so many pieces of work run at once; what is urgent never waits. */
export class Slots {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  constructor(private readonly most: number) {}

  /** Runs the work once there is room for it. */
  async run<T>(urgent: boolean, work: () => Promise<T>): Promise<T> {
    if (!urgent && this.running >= this.most) {
      await new Promise<void>(begin => this.queue.push(begin));
    } else {
      this.running += 1;
    }
    try {
      return await work();
    } finally {
      // Whoever comes next takes over this place.
      const next = this.running <= this.most ? this.queue.shift() : undefined;
      if (next) next();
      else this.running -= 1;
    }
  }
}
