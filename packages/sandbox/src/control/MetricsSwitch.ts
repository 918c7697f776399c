import { PrometheusProcess } from '../prometheus';

/** Turns the metrics source off and on again, so that an outage can be shown. */
export class MetricsSwitch {
  private on = true;
  private prometheus?: PrometheusProcess;

  get available(): boolean {
    return this.on;
  }

  /** Prometheus scrapes the control port, so it starts after the port listens. */
  attach(prometheus: PrometheusProcess | undefined): void {
    this.prometheus = prometheus;
  }

  /** Resolves when Prometheus, where there is one, has stopped or answers again. */
  async set(available: boolean): Promise<void> {
    this.on = available;
    if (available) await this.prometheus?.start();
    else await this.prometheus?.stop();
  }
}
