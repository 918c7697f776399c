import { Counter, Histogram, Registry } from 'prom-client';
import { Clock } from '../clock';
import { RequestRecord } from './RequestRecord';
import { boundsMs } from './RequestWindow';

const labels = ['namespace', 'service', 'pod', 'version'] as const;
/** Series of a pod outlive it long enough for the longest window of a demo. */
const keptAfterLastRequestMs = 10 * 60 * 1000;

/** Counters and histograms for Prometheus, per Service, pod and version. */
export class RequestMetrics {
  private readonly registry = new Registry();
  private readonly requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests answered in full.',
    labelNames: [...labels, 'code'],
    registers: [this.registry],
  });
  private readonly durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of the request to the last of the answer.',
    labelNames: [...labels],
    buckets: boundsMs.map(bound => bound / 1000),
    registers: [this.registry],
  });
  private readonly lastSeen = new Map<
    string,
    { at: number; labels: SeriesLabels; codes: Set<string> }
  >();

  constructor(private readonly clock: Clock) {}

  add({ code, latencyMs, ...series }: RequestRecord): void {
    const { namespace, service, pod, version } = series;
    const of = { namespace, service, pod, version };
    this.requests.inc({ ...of, code: String(code) });
    this.durations.observe(of, latencyMs / 1000);
    const key = `${namespace}/${service}/${pod}/${version}`;
    const seen = this.lastSeen.get(key);
    const at = this.clock.now();
    if (seen) {
      seen.at = at;
      seen.codes.add(String(code));
    } else {
      this.lastSeen.set(key, {
        at,
        labels: of,
        codes: new Set([String(code)]),
      });
    }
  }

  /** The exposition; series of pods that are long gone are dropped first. */
  async exposition(): Promise<{ contentType: string; text: string }> {
    const oldest = this.clock.now() - keptAfterLastRequestMs;
    for (const [key, series] of this.lastSeen) {
      if (series.at >= oldest) continue;
      for (const code of series.codes) {
        this.requests.remove({ ...series.labels, code });
      }
      this.durations.remove(series.labels);
      this.lastSeen.delete(key);
    }
    return {
      contentType: this.registry.contentType,
      text: await this.registry.metrics(),
    };
  }
}

type SeriesLabels = Record<(typeof labels)[number], string>;
