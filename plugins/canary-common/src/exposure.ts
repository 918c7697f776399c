/** Requests whose header matches go to the canary, whatever the weight. @public */
export interface HeaderRoute {
  readonly name: string;
  readonly header: string;
  readonly value: string;
}

/** A share of requests is copied to the canary; its answers are thrown away. @public */
export interface Mirror {
  /** Percent of requests, 0 to 100. */
  readonly percent: number;
}

/** How far users can reach the canary: weight, header routes and mirror together. @public */
export interface Exposure {
  /** Percent of traffic with two decimals, 0 to 100. */
  readonly weight: number;
  readonly headerRoutes: readonly HeaderRoute[];
  readonly mirror?: Mirror;
}

/** Nobody reaches the canary. @public */
export const NO_EXPOSURE: Exposure = { weight: 0, headerRoutes: [] };

/** Whether anybody reaches the canary. @public */
export function isExposed(exposure: Exposure): boolean {
  return (
    exposure.weight > 0 ||
    exposure.headerRoutes.length > 0 ||
    (exposure.mirror?.percent ?? 0) > 0
  );
}
