import { Instant } from './rollout';

/** Each is a multiple of those after it, so that the measurements of long intervals fall on those of short ones. */
const GRIDS_MS = [60_000, 30_000, 10_000, 5_000, 1_000, 500, 100, 1];

/** A measurement comes later by at most this share of its interval. */
const LATENESS = 1 / 10;

/**
 * The first instant from `at` on at which runs of this interval may measure.
 * Rollouts that began at any time measure the same windows then, so that one
 * question to a metrics server can serve all of them.
 */
export function alignUp(at: Instant, intervalMs: number): Instant {
  const grid = gridOf(intervalMs);
  return Math.ceil(at / grid) * grid;
}

/** The last such instant up to `at`. */
export function alignDown(at: Instant, intervalMs: number): Instant {
  const grid = gridOf(intervalMs);
  return Math.floor(at / grid) * grid;
}

function gridOf(intervalMs: number): number {
  return GRIDS_MS.find(grid => grid <= intervalMs * LATENESS) ?? 1;
}
