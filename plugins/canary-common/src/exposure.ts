import type { Exposure } from './schemas/exposure';

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
