/** Body of `GET /health`. @public */
export interface Health {
  readonly status: 'ok' | 'degraded';
  /** Age of the controller's last look at the database; absent before the first. */
  readonly lastTickAgeMs?: number;
  readonly clusters: readonly {
    readonly name: string;
    readonly reachable: boolean;
    /** Never more than a sentence: the route is open to all. */
    readonly message?: string;
  }[];
}
