import { RolloutEvent } from 'backstage-plugin-canary-common';
import { epochOf, formatWeight } from '../../format';

/** A change of the canary's share, as a line across a chart. */
export interface StepMark {
  /** Epoch milliseconds. */
  readonly at: number;
  /** `25 %` */
  readonly label: string;
}

/** The changes of weight that the history knows, in the order of time. */
export function stepMarks(events: readonly RolloutEvent[]): StepMark[] {
  return events
    .flatMap(({ kind, at, data }) => {
      const time = epochOf(at);
      const label = kind === 'ExposureChanged' ? weightOf(data) : undefined;
      return time === undefined || label === undefined
        ? []
        : [{ at: time, label }];
    })
    .sort((a, b) => a.at - b.at);
}

/**
 * The marks between two instants. One that stands too close to the next keeps
 * its line and loses its label.
 */
export function marksWithin(
  marks: readonly StepMark[],
  from: number,
  to: number,
): StepMark[] {
  const shown = marks.filter(({ at }) => at >= from && at <= to);
  const room = (to - from) / 9;
  return shown.map((mark, index) => {
    const next = shown[index + 1];
    return next && next.at - mark.at < room ? { ...mark, label: '' } : mark;
  });
}

function weightOf(data: RolloutEvent['data']): string | undefined {
  const to = data.to as { weight?: unknown } | undefined;
  const weight = to?.weight ?? data.weight;
  return typeof weight === 'number' ? formatWeight(weight) : undefined;
}
