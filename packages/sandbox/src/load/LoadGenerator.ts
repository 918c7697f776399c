import { Agent, request } from 'node:http';
import { Clock } from '../clock';
import { PAYMENT_PATH, REQUESTS_PER_PAYMENT } from '../payments';

/** Requests per second by `Host` header. */
export type LoadRates = Readonly<Record<string, number>>;

const tickMs = 20;
/** Beyond this the gateway is not keeping up, and more requests would only queue. */
const mostInFlight = 500;

/** Steady requests through the gateway, as users would send them. */
export class LoadGenerator {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  private readonly owed = new Map<string, number>();
  /** Requests since the last payment, by host. */
  private readonly looked = new Map<string, number>();
  private cancel = () => {};
  private lastTick = 0;
  private inFlight = 0;
  private sentCount = 0;
  private failedCount = 0;

  constructor(
    private readonly gatewayUrl: string,
    private currentRates: LoadRates,
    private readonly clock: Clock,
  ) {}

  get rates(): LoadRates {
    return this.currentRates;
  }

  /** Requests sent, and those of them that broke or got a status of 500 and above. */
  get totals(): { sent: number; failed: number } {
    return { sent: this.sentCount, failed: this.failedCount };
  }

  setRates(rates: LoadRates): void {
    this.currentRates = rates;
    this.owed.clear();
  }

  start(): void {
    this.lastTick = this.clock.now();
    this.cancel = this.clock.after(tickMs, () => this.tick());
  }

  stop(): void {
    this.cancel();
    this.agent.destroy();
  }

  private tick() {
    const now = this.clock.now();
    // After a stall the missed requests are not made up for: no burst.
    const elapsedMs = Math.min(now - this.lastTick, 10 * tickMs);
    this.lastTick = now;
    for (const [host, rate] of Object.entries(this.currentRates)) {
      const owed = (this.owed.get(host) ?? 0) + (rate * elapsedMs) / 1000;
      const count = Math.floor(owed);
      this.owed.set(host, owed - count);
      for (let i = 0; i < count; i++) this.send(host);
    }
    this.cancel = this.clock.after(tickMs, () => this.tick());
  }

  private send(host: string) {
    if (this.inFlight >= mostInFlight) return;
    this.inFlight += 1;
    this.sentCount += 1;
    const looked = this.looked.get(host) ?? 0;
    const isPayment = looked === REQUESTS_PER_PAYMENT - 1;
    this.looked.set(host, isPayment ? 0 : looked + 1);
    const end = (failed: boolean) => {
      this.inFlight -= 1;
      if (failed) this.failedCount += 1;
    };
    const outgoing = request(
      this.gatewayUrl,
      {
        agent: this.agent,
        headers: { host },
        path: isPayment ? PAYMENT_PATH : '/',
      },
      response => {
        response.resume();
        response.once('close', () =>
          end(!response.complete || (response.statusCode ?? 0) >= 500),
        );
      },
    );
    let answered = false;
    outgoing.once('response', () => {
      answered = true;
    });
    outgoing.once('error', () => {
      if (!answered) end(true);
    });
    outgoing.end();
  }
}
