import { Clock } from '../clock';
import { quantile } from './quantile';
import { RequestRecord } from './RequestRecord';

/** Figures of a window; null is for what has no requests. */
export interface WindowStats {
  readonly requests: number;
  /** Answers of 500 and above. */
  readonly errors: number;
  /** Percent. */
  readonly errorRate: number | null;
  readonly latencyMs: {
    readonly p50: number | null;
    readonly p95: number | null;
    readonly p99: number | null;
  };
  /** Requests that took at most so many ms, as a Prometheus histogram counts them. */
  readonly latencyMsBuckets: Readonly<Record<string, number>>;
}

interface Bucket {
  errors: number;
  readonly latencies: number[];
}

const bucketMs = 1000;
/** Bounds of the latency buckets, in ms. */
export const boundsMs = [
  1, 2.5, 5, 7.5, 10, 15, 25, 50, 75, 100, 250, 500, 1000, 2500, 5000,
];
/** The longest window that can be asked for. */
export const keptMs = 10 * 60 * 1000;

/** Ten minutes of requests in buckets of a second, by namespace and pod. */
export class RequestWindow {
  private readonly seconds = new Map<number, Map<string, Bucket>>();

  constructor(private readonly clock: Clock) {}

  add({ namespace, pod, code, latencyMs }: RequestRecord): void {
    const second = Math.floor(this.clock.now() / bucketMs);
    let pods = this.seconds.get(second);
    if (!pods) {
      pods = new Map();
      this.seconds.set(second, pods);
      this.forgetBefore(second - keptMs / bucketMs);
    }
    const key = `${namespace}/${pod}`;
    let bucket = pods.get(key);
    if (!bucket) {
      bucket = { errors: 0, latencies: [] };
      pods.set(key, bucket);
    }
    bucket.latencies.push(latencyMs);
    if (code >= 500) bucket.errors += 1;
  }

  /**
   * The last `windowMs` until now. A second that began before the window is
   * left out whole, so that no request from before it is ever counted.
   */
  stats(query: {
    readonly namespace?: string;
    readonly matchPods: (names: readonly string[]) => readonly string[];
    readonly windowMs: number;
  }): WindowStats {
    const from = (this.clock.now() - query.windowMs) / bucketMs;
    const inWindow = [...this.seconds]
      .filter(([second]) => second >= from)
      .flatMap(([, pods]) => [...pods]);
    const names = [...new Set(inWindow.map(([key]) => podOf(key)))];
    const wanted = new Set(query.matchPods(names));
    const buckets = inWindow
      .filter(
        ([key]) =>
          wanted.has(podOf(key)) &&
          (!query.namespace || key.startsWith(`${query.namespace}/`)),
      )
      .map(([, bucket]) => bucket);
    const latencies = buckets
      .flatMap(bucket => bucket.latencies)
      .sort((a, b) => a - b);
    const errors = buckets.reduce((sum, bucket) => sum + bucket.errors, 0);
    const requests = latencies.length;
    return {
      requests,
      errors,
      errorRate: requests === 0 ? null : (errors / requests) * 100,
      latencyMs: {
        p50: quantile(latencies, 0.5),
        p95: quantile(latencies, 0.95),
        p99: quantile(latencies, 0.99),
      },
      latencyMsBuckets: Object.fromEntries([
        ...boundsMs.map(bound => [
          String(bound),
          latencies.filter(latency => latency <= bound).length,
        ]),
        ['+Inf', requests],
      ]),
    };
  }

  clear(): void {
    this.seconds.clear();
  }

  private forgetBefore(oldest: number): void {
    for (const second of this.seconds.keys()) {
      if (second >= oldest) return;
      this.seconds.delete(second);
    }
  }
}

function podOf(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}
