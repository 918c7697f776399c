import { InputError } from '@backstage/errors';

/** How many items a page of a list may have. */
export interface PageLimits {
  readonly fallback: number;
  readonly max: number;
}

/** Pages of rollouts; each carries a whole plan, so they stay short. */
export const ROLLOUT_PAGE: PageLimits = { fallback: 50, max: 200 };

/** Pages of a history. */
export const EVENT_PAGE: PageLimits = { fallback: 100, max: 1_000 };

/** Pages of a series: a chart takes a few hundred points at once. */
export const MEASUREMENT_PAGE: PageLimits = { fallback: 500, max: 1_000 };

/** The number of items asked for; throws `InputError` outside of the bounds. */
export function pageLimit(
  limit: number | undefined,
  { fallback, max }: PageLimits,
): number {
  const wanted = limit ?? fallback;
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > max) {
    throw new InputError(
      `limit must be a whole number from 1 to ${max}, not ${wanted}.`,
    );
  }
  return wanted;
}
