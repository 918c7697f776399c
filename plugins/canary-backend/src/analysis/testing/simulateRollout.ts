import { WindowCounts } from 'backstage-plugin-canary-common';
import { burstSize, poisson } from './random';

/** Synthetic traffic of one rollout: sixty windows of a minute. */
export interface Traffic {
  /** Requests a minute, both arms together. */
  readonly requests: number | ((look: number) => number);
  /** Share of the stable's requests that are events; of latency one per bound. */
  readonly rates: (look: number) => readonly number[];
  /** The canary's share over the stable's, for each rate; 1 when absent. */
  readonly ratios?: readonly number[] | ((look: number) => readonly number[]);
  /** Mean size of the bursts that events come in; 1 when absent. */
  readonly burst?: number;
  /** Share of windows in which one arm is missing, or a counter began anew; 0 when absent. */
  readonly broken?: number;
  /** Bounds of the histogram; absent for a ratio. */
  readonly bounds?: readonly number[];
}

/** Looks of a rollout: twelve at each weight. */
export const LOOKS = 60;
const WEIGHTS = [0.05, 0.1, 0.2, 0.3, 0.5];

/** The canary's share of the traffic at a look. */
export function weightAt(look: number): number {
  return WEIGHTS[Math.floor((look * WEIGHTS.length) / LOOKS)];
}

/**
 * What the windows count. Rates are cumulative from the right, as `slower than
 * the bound`, so that the events of a bound contain those of the next.
 */
export function* simulateRollout(
  traffic: Traffic,
  random: () => number,
): Generator<WindowCounts> {
  const { bounds, requests, rates, ratios } = traffic;
  for (let look = 0; look < LOOKS; look++) {
    const weight = weightAt(look);
    const all = typeof requests === 'number' ? requests : requests(look);
    const stable = rates(look);
    const ratiosNow = typeof ratios === 'function' ? ratios(look) : ratios;
    const canary = stable.map((rate, index) =>
      Math.min(1, rate * (ratiosNow?.[index] ?? 1)),
    );
    const burst = traffic.burst ?? 1;
    const counts = {
      bounds,
      canary: arm(all * weight, canary, burst, random),
      stable: arm(all * (1 - weight), stable, burst, random),
    };
    // Only traffic that breaks draws for it: the other scenarios stay as they were.
    const breaks = traffic.broken ? random() < traffic.broken : false;
    yield breaks ? broken(counts, random) : counts;
  }
}

function arm(
  requests: number,
  rates: readonly number[],
  burst: number,
  random: () => number,
) {
  let slower = 0;
  const events = new Array<number>(rates.length);
  for (let index = rates.length - 1; index >= 0; index--) {
    const share = rates[index] - (rates[index + 1] ?? 0);
    const bursts = poisson((requests * share) / burst, random);
    slower += bursts;
    for (let one = 0; burst > 1 && one < bursts; one++) {
      slower += burstSize(burst, random) - 1;
    }
    events[index] = slower;
  }
  return {
    requests: slower + poisson(requests * (1 - rates[0]), random),
    events,
  };
}

/** A window as it comes from a metrics server that was not there, or after a restart. */
function broken(counts: WindowCounts, random: () => number): WindowCounts {
  const { canary, stable, ...rest } = counts;
  const what = random();
  if (what < 1 / 3) return { ...rest, canary };
  return what < 2 / 3 ? { ...rest, stable } : { ...counts, interrupted: true };
}
