import {
  AuditResult,
  Measurement,
  MeasurementQuery,
  Page,
  PageQuery,
  RolloutEvent,
} from 'backstage-plugin-canary-common';

/** What happened to rollouts and what was measured; it is added to by commits alone. */
export interface HistoryStore {
  events(id: string, query: PageQuery): Promise<Page<RolloutEvent>>;
  measurements(id: string, query: MeasurementQuery): Promise<Page<Measurement>>;
  /** Of each of these rollouts the measurement with the gravest verdict, the latest of those. */
  worstMeasurements(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Measurement>>;
  /** Recomputes the hash chain of a rollout's events from the stored text. */
  verifyEvents(id: string): Promise<AuditResult>;
}
