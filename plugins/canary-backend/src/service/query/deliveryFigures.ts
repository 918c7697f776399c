import { DeliveryFigures, WeekFigures } from 'backstage-plugin-canary-common';
import { Instant } from '../../rollout';
import type { Delivery } from '../../store';

const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;
/** The first Monday of the epoch; 1 January 1970 was a Thursday. */
const FIRST_MONDAY: Instant = 4 * DAY_MS;

/**
 * Figures after DORA's software delivery metrics (https://dora.dev/guides/dora-metrics/),
 * as far as a rollout tells them:
 *
 * - deployment frequency: `rollouts` of a week;
 * - change failure rate: `rolledBack / rollouts`;
 * - time to restore (now "failed deployment recovery time"): `medianRestoreMs`,
 *   from the decision to go back until exposure 0 was read back or, where the
 *   stable version was being replaced already, until it ran everywhere again.
 *   A canary that nobody had reached broke nothing and is no sample;
 * - `medianPromoteMs` is the part of the lead time that a rollout takes.
 *
 * Medians, as DORA's: one rollout that waited for a weekend would move a mean.
 */
export function figuresOf(deliveries: readonly Delivery[]): DeliveryFigures {
  const promoteMs = median(
    deliveries
      .filter(({ result }) => result === 'Succeeded')
      .map(({ startedAt, finishedAt }) => finishedAt - startedAt),
  );
  const restoreMs = median(deliveries.flatMap(restoreMsOf));
  return {
    rollouts: deliveries.length,
    rolledBack: deliveries.filter(({ result }) => result === 'RolledBack')
      .length,
    medianPromoteMs: promoteMs,
    medianRestoreMs: restoreMs,
  };
}

/** The same week by week, by the time of the end, from the week of `from` to that of `to`. */
export function weeksOf(
  deliveries: readonly Delivery[],
  from: Instant,
  to: Instant,
): WeekFigures[] {
  const byWeek = new Map<Instant, Delivery[]>();
  for (const delivery of deliveries) {
    const week = mondayOf(delivery.finishedAt);
    const others = byWeek.get(week);
    if (others) others.push(delivery);
    else byWeek.set(week, [delivery]);
  }
  const weeks: WeekFigures[] = [];
  for (let week = mondayOf(from); week <= to; week += WEEK_MS) {
    weeks.push({
      from: new Date(week).toISOString(),
      ...figuresOf(byWeek.get(week) ?? []),
    });
  }
  return weeks;
}

/** The Monday of an instant's week, 00:00 UTC. */
export function mondayOf(at: Instant): Instant {
  return at - modulo(at - FIRST_MONDAY, WEEK_MS);
}

/** The middle value, of an even number the mean of the two in the middle, in whole milliseconds. */
export function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? sorted[middle]
    : Math.round((sorted[middle - 1] + sorted[middle]) / 2);
}

function restoreMsOf({ rollingBackAt, restoredAt }: Delivery): number[] {
  const isKnown = rollingBackAt !== undefined && restoredAt !== undefined;
  return isKnown && restoredAt > rollingBackAt
    ? [restoredAt - rollingBackAt]
    : [];
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
