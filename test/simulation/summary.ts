import { Stop } from './playRollouts';
import { Scenario } from './scenarios';

/** One cell of the table. */
export interface Cell {
  readonly rollouts: number;
  /** Share of the rollouts that were stopped, 0 to 1. */
  readonly stopped: number;
  /** Half the width of its 95 % confidence interval. */
  readonly margin: number;
  /** Median look of those that were stopped; null of none. */
  readonly medianLook: number | null;
}

/** The bound on healthy rollouts that are stopped. */
const MOST_FALSE_STOPS = 0.05;

/** With fewer, the upper limit says how few they were, and only the lower one convicts. */
const ENOUGH_ROLLOUTS = 500;

/** A median of fewer says nothing. */
const ENOUGH_FOR_A_MEDIAN = 50;

/** How much later than the reference a regression may be found. */
const LATEST = 1.2;

/** Share and median of some rollouts. */
export function summarise(stops: readonly Stop[]): Cell {
  const looks = stops.filter((look): look is number => look !== null);
  const stopped = looks.length / stops.length;
  looks.sort((one, other) => one - other);
  return {
    rollouts: stops.length,
    stopped,
    margin: 1.96 * Math.sqrt((stopped * (1 - stopped)) / stops.length),
    medianLook:
      looks.length > 0 ? looks[Math.floor((looks.length - 1) / 2)] : null,
  };
}

/** What is wrong with the sequential judge's cell, as a sentence; undefined when nothing is. */
export function problemOf(scenario: Scenario, cell: Cell): string | undefined {
  const { name, healthy, declared, referenceLook } = scenario;
  const { rollouts, stopped, margin } = cell;
  const limit =
    rollouts < ENOUGH_ROLLOUTS ? stopped - margin : stopped + margin;
  if (healthy && !declared && limit > MOST_FALSE_STOPS) {
    return `${name}: ${percent(stopped)} ±${percent(
      margin,
    )} of healthy rollouts were stopped`;
  }
  if (!healthy && stopped < 0.5) {
    return `${name}: only ${percent(stopped)} were found`;
  }
  const latest = LATEST * (referenceLook ?? Infinity);
  if (rollouts < ENOUGH_FOR_A_MEDIAN) return undefined;
  if (!healthy && (cell.medianLook ?? Infinity) > latest) {
    return `${name}: found at look ${cell.medianLook}, the reference at ${referenceLook}`;
  }
  return undefined;
}

/** `1.8 ±0.9 % @15`, as the reference writes it. */
export function cellText(cell: Cell | undefined): string {
  if (!cell) return '';
  const look = cell.medianLook === null ? '' : ` @${cell.medianLook}`;
  return `${(cell.stopped * 100).toFixed(1)} ±${percent(cell.margin)}${look}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
