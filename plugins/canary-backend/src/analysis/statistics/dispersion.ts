import { jStat } from 'jstat';
import { comparesArms, Stratum } from './stratum';

/** How much more counts vary than those of independent requests. */
export interface Dispersion {
  /** At least 1: counts that vary less than independent ones are luck. */
  readonly value: number;
  /** Upper end of its one-sided 95 % confidence interval. */
  readonly upper: number;
  /** Windows with events that it rests on. */
  readonly windows: number;
}

/**
 * Degrees of freedom, were requests independent, below which nothing is said.
 * With bursts of mean 3 a dispersion learned from 20 windows kept the stated
 * 5 % of false alarms in simulation (4.7 %), one from 12 did not (7 %).
 */
const LEAST_FREEDOM = 20;

/** Part of the confidence interval that lies above its upper end. */
const BEYOND = 0.05;

/** One window: Pearson's statistic and the variance that independence expects. */
interface Square {
  readonly square: number;
  readonly variance: number;
}

/**
 * The dispersion of the canary's events in windows in which both arms ran the
 * same version: Pearson's statistic over its degrees of freedom (McCullagh &
 * Nelder 1989, section 4.5), with the hypergeometric variance
 * `e w (1−w) (N−e)/(N−1)`. Bursts of c events that stay in one arm give
 * `E[c²]/E[c]`.
 *
 * Every window's statistic is as good as its counts: with a variance of v it
 * scatters by `2 + 1/v` (kurtosis of counts about Poisson's), so that it weighs
 * `v/(v + ½)`, and the weights add up to the degrees of freedom of the
 * chi-square distribution which gives the upper end. Bursts make counts of
 * fewer independent things: in a second pass v is divided by what the first
 * found. Whether there is enough to say anything is decided before it: else
 * only those estimates would be let through that are luckily small.
 *
 * Undefined below twenty degrees of freedom.
 */
export function estimateDispersion(
  strata: readonly Stratum[],
): Dispersion | undefined {
  const squares = strata.filter(comparesArms).flatMap(squareOf);
  const first = weighted(squares, 1);
  if (first.freedom < LEAST_FREEDOM) return undefined;
  const { mean, freedom } = weighted(squares, Math.max(1, first.mean));
  const upper = (mean * freedom) / jStat.chisquare.inv(BEYOND, freedom);
  return {
    value: Math.max(1, mean),
    upper: Math.max(1, upper),
    windows: squares.length,
  };
}

function squareOf(stratum: Stratum): readonly Square[] {
  const requests = stratum.canaryRequests + stratum.stableRequests;
  const events = stratum.canaryEvents + stratum.stableEvents;
  const share = stratum.canaryRequests / requests;
  const variance =
    (events * share * (1 - share) * (requests - events)) / (requests - 1);
  return variance > 0
    ? [
        {
          square: (stratum.canaryEvents - events * share) ** 2 / variance,
          variance,
        },
      ]
    : [];
}

function weighted(squares: readonly Square[], dispersion: number) {
  let sum = 0;
  let freedom = 0;
  for (const { square, variance } of squares) {
    const weight = variance / (variance + dispersion / 2);
    sum += weight * square;
    freedom += weight;
  }
  return { mean: sum / freedom, freedom };
}
