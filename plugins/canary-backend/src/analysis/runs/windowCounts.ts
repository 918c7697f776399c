import {
  ArmCounts,
  Verdict,
  WindowCounts,
} from 'backstage-plugin-canary-common';
import { Stratum } from '../statistics';

/** Why a window's counts cannot be compared. */
export interface CountsProblem {
  readonly verdict: Extract<Verdict, 'NoData' | 'Error'>;
  readonly rule: string;
}

/**
 * `increase()` extrapolates events and requests apart from each other, and
 * buckets from the total: what should be equal may differ by as much.
 */
const EXTRAPOLATION = 1;

/**
 * Why these counts cannot be compared, or undefined when they can. What is
 * missing or partial in one arm makes the window one without data for both;
 * what contradicts itself is an error of the source.
 */
export function countsProblem(counts: WindowCounts): CountsProblem | undefined {
  if (counts.interrupted) {
    return noData(
      'a counter began anew within the window, so it is dropped for both versions',
    );
  }
  const { bounds, canary, stable } = counts;
  if (bounds?.length === 0) {
    return wrong('the histograms of the two versions have no bound in common');
  }
  if (bounds !== undefined && !isAscending(bounds)) {
    return wrong('the bounds of the histogram are not finite and ascending');
  }
  const arms = [
    ['canary', canary],
    ['stable', stable],
  ] as const;
  for (const [arm, counted] of arms) {
    const problem = counted
      ? armProblem(arm, counted, bounds)
      : noData(`no counts for the ${arm}`);
    if (problem) return problem;
  }
  return undefined;
}

/**
 * One stratum for the ratio, or one for each bound; in whole numbers, because
 * extrapolated increases have none. Only of counts without a problem.
 */
export function strataOf({ canary, stable }: WindowCounts): readonly Stratum[] {
  if (!canary || !stable) return [];
  const canaryRequests = Math.round(canary.requests);
  const stableRequests = Math.round(stable.requests);
  return canary.events.map((events, index) => ({
    canaryEvents: Math.min(Math.round(events), canaryRequests),
    canaryRequests,
    stableEvents: Math.min(Math.round(stable.events[index]), stableRequests),
    stableRequests,
  }));
}

function armProblem(
  arm: string,
  { requests, events }: ArmCounts,
  bounds: WindowCounts['bounds'],
): CountsProblem | undefined {
  if (![requests, ...events].every(Number.isFinite)) {
    return noData(`a count of the ${arm} is not a finite number`);
  }
  if ([requests, ...events].some(count => count < 0)) {
    return noData(
      `a counter of the ${arm} fell, so the window is dropped for both versions`,
    );
  }
  if (events.length !== (bounds?.length ?? 1)) {
    return wrong(
      `the ${arm} has ${events.length} counts for ${bounds?.length ?? 1}`,
    );
  }
  const excess = events.find(count => count > requests + EXTRAPOLATION);
  if (excess !== undefined) {
    return wrong(`${excess} events of ${requests} requests of the ${arm}`);
  }
  const rises = events.some(
    (count, index) => index > 0 && count > events[index - 1] + EXTRAPOLATION,
  );
  if (rises) {
    return wrong(
      `more requests of the ${arm} were slower than a larger bound than were slower than a smaller one`,
    );
  }
  return Math.round(requests) === 0
    ? noData(`no requests reached the ${arm}`)
    : undefined;
}

function isAscending(bounds: readonly number[]): boolean {
  return bounds.every(
    (bound, index) =>
      Number.isFinite(bound) && (index === 0 || bound > bounds[index - 1]),
  );
}

function noData(rule: string): CountsProblem {
  return { verdict: 'NoData', rule };
}

function wrong(rule: string): CountsProblem {
  return { verdict: 'Error', rule };
}
