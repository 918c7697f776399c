import {
  MetricReading,
  MetricRequest,
  MetricSource,
  MetricSourceError,
} from 'backstage-plugin-canary-node';
import { exposureOf, isReached } from '../cluster/exposureOf';
import { ROUTE } from '../cluster/shop';
import { SimulatedProcess } from '../SimulatedProcess';
import type { World } from '../world/World';

/** What one percent of errors is judged against in every plan of a story. */
export const MOST_ERRORS = 1;

/** A replica's client of the metrics server; a query is the name of the workload that it asks for. */
export class SimulatedMetrics implements MetricSource {
  constructor(
    private readonly process: SimulatedProcess,
    private readonly world: World,
  ) {}

  escape({ value }: { readonly value: string | number }): string {
    return String(value);
  }

  query({ query, signal }: MetricRequest): Promise<MetricReading> {
    const call = {
      replica: this.process.name,
      to: 'metrics' as const,
      verb: 'query',
      isWrite: false,
    };
    const { faults, transport, time } = this.world;
    return transport.send(
      this.process,
      call,
      () => {
        if (faults.during('metrics fail', call)) {
          throw new MetricSourceError('Source "web" answered with status 502');
        }
        if (faults.during('no data', call)) return { warnings: [] };
        if (faults.during('garbage', call)) return { value: NaN, warnings: [] };
        return { value: this.valueOf(query), at: time.now, warnings: [] };
      },
      {
        wayMs: 20,
        timeoutMs: 5_000,
        signal,
        failure: why => new MetricSourceError(`Source "web": ${why}`),
      },
    );
  }

  private valueOf(workload: string): number | undefined {
    const { api, faults, quality } = this.world;
    if (!workload.endsWith('-canary')) return 0.1;
    // Whom nobody asks counts nothing.
    if (!isReached(exposureOf(api.read(ROUTE), workload))) return undefined;
    const isBad = faults.during('breach') ?? quality === 'bad';
    const value = isBad ? 9 : 0.2;
    this.world.measured(value);
    return value;
  }
}
