import {
  weightAt,
  simulateRollout,
  LOOKS,
  Traffic,
} from '../testing/simulateRollout';
import { seededRandom } from '../testing/random';
import { evidenceOf } from './evidenceOf';
import { sequentialParams } from './params';
import { advanceState, NOTHING_SEEN } from './state';

const ALPHA = 0.05;

// Thousands of rollouts of sixty windows take seconds, on a busy machine more.
jest.setTimeout(120_000);

/** At which look each rollout was stopped; absent where none was. */
function stops(
  traffic: Traffic,
  rollouts: number,
  params: { phi?: number; r0?: number } = {},
): readonly (number | undefined)[] {
  const random = seededRandom(20_261_123);
  const parsed = sequentialParams.parse(params);
  return Array.from({ length: rollouts }, () => {
    let state = NOTHING_SEEN;
    for (const counts of simulateRollout(traffic, random)) {
      state = advanceState(state, counts, parsed, undefined);
      if (state.peakLogE >= Math.log(1 / ALPHA)) return state.looks;
    }
    return undefined;
  });
}

/** Upper end of the 95 % interval of the share of rollouts that were stopped. */
function falseAlarms(looks: readonly (number | undefined)[]): number {
  const n = looks.length;
  const share = looks.filter(look => look !== undefined).length / n;
  return share + 1.96 * Math.sqrt((share * (1 - share)) / n);
}

function medianLook(looks: readonly (number | undefined)[]): number {
  const sorted = looks.map(look => look ?? Infinity).sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

const constant =
  (...rates: number[]) =>
  () =>
    rates;

/** Traffic that swells and ebbs, and an incident of both versions. */
const incident = (look: number) =>
  0.005 * (1 + 0.5 * Math.sin(look / 5)) * (look >= 30 && look < 36 ? 10 : 1);
const tide = (look: number) => 6000 * (1 + 0.5 * Math.sin(look / 7));

const BOUNDS = [10, 20, 40, 80, 160, 320, 640];
/** Exponential latencies of this median: the share slower than each bound. */
const exponential = (median: number) =>
  BOUNDS.map(bound => 2 ** (-bound / median));

describe('the sequential judge stops healthy canaries at most in 5 % of rollouts', () => {
  it.each<[string, Traffic, { phi?: number }]>([
    ['of rare errors', { requests: 6000, rates: constant(0.001) }, {}],
    ['of common errors', { requests: 6000, rates: constant(0.01) }, {}],
    ['of little traffic', { requests: 200, rates: constant(0.01) }, {}],
    [
      'through tides and a shared incident while weights ramp',
      { requests: tide, rates: look => [incident(look)] },
      {},
    ],
    [
      'of errors that come in bursts, once their dispersion is known',
      { requests: 6000, rates: constant(0.01), burst: 3 },
      { phi: 5 },
    ],
    [
      'by latency',
      { requests: 6000, rates: constant(...exponential(40)), bounds: BOUNDS },
      {},
    ],
    [
      'by latency that doubles for both versions while weights ramp',
      {
        requests: 6000,
        rates: look => exponential(look < 36 ? 40 : 80),
        bounds: BOUNDS,
      },
      {},
    ],
  ])('%s', (_, traffic, params) => {
    const rollouts = traffic.bounds ? 150 : 500;
    expect(falseAlarms(stops(traffic, rollouts, params))).toBeLessThanOrEqual(
      ALPHA,
    );
  });

  it('and would stop many that come in bursts if nobody knew', () => {
    const bursts = { requests: 6000, rates: constant(0.01), burst: 3 };
    expect(falseAlarms(stops(bursts, 100))).toBeGreaterThan(0.3);
  });
});

describe('the sequential judge finds', () => {
  it.each<[string, Traffic, number]>([
    [
      'a fivefold rate of rare errors',
      { requests: 6000, rates: constant(0.001), ratios: [5] },
      4,
    ],
    [
      'half more of common errors',
      { requests: 6000, rates: constant(0.01), ratios: [1.5] },
      15,
    ],
    [
      'a doubled rate of rare errors',
      { requests: 6000, rates: constant(0.001), ratios: [2] },
      28,
    ],
    [
      'a tail of 1 % that became six times slower',
      {
        requests: 6000,
        rates: constant(...exponential(40)),
        ratios: exponential(40).map(
          (share, index) => 0.99 + (0.01 * 2 ** (-BOUNDS[index] / 240)) / share,
        ),
        bounds: BOUNDS,
      },
      11,
    ],
  ])('%s in time', (_, traffic, want) => {
    const found = stops(traffic, 500);
    expect(medianLook(found)).toBeLessThanOrEqual(want);
    expect(found.filter(look => look === undefined)).toHaveLength(0);
  });

  it('the fivefold rate while the canary has 5 % of the traffic', () => {
    expect(weightAt(3)).toBe(0.05);
  });
});

describe('the confidence sequence', () => {
  it.each([1, 3])(
    'ever misses a ratio of %s in at most 5 %% of rollouts',
    r => {
      const random = seededRandom(42 + r);
      const params = sequentialParams.parse({});
      const traffic = { requests: 2000, rates: constant(0.01), ratios: [r] };
      const rollouts = 200;
      let missed = 0;
      for (let rollout = 0; rollout < rollouts; rollout++) {
        let state = NOTHING_SEEN;
        let contained = true;
        for (const counts of simulateRollout(traffic, random)) {
          state = advanceState(state, counts, params, undefined);
          const { lower = 0, upper = Infinity } = evidenceOf(
            state,
            params,
            ALPHA,
          );
          contained &&= lower <= r && r <= upper;
        }
        expect(state.looks).toBe(LOOKS);
        if (!contained) missed++;
      }
      expect(missed / rollouts).toBeLessThanOrEqual(ALPHA);
    },
  );
});
