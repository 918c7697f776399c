/** One request that was answered in full. */
export interface RequestRecord {
  readonly namespace: string;
  /** The Service it was sent to. */
  readonly service: string;
  /** Empty when no pod could be reached. */
  readonly pod: string;
  /** Tag of the pod's image. */
  readonly version: string;
  /** HTTP status. */
  readonly code: number;
  readonly latencyMs: number;
}
